from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import TrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-04")
class TestTrainingPlan(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = (
            cls.env["aftersales.training.plan"]
            .with_user(cls.user_coordinator)
            .create({"year": 2026, "month": "6"})
        )

    def _create_need(self, staff, **vals):
        return self.env["aftersales.training.need"].create(
            {"staff_id": staff.id, "topic_id": self.topic.id, **vals}
        )

    def test_period_of_month_and_year(self):
        self.assertEqual(
            (self.plan.name, str(self.plan.date_from), str(self.plan.date_to)),
            ("2026-06", "2026-06-01", "2026-06-30"),
        )
        year = self.plan.copy({"year": 2027, "month": False})
        self.assertEqual((year.name, str(year.date_to)), ("2027", "2027-12-31"))

    def test_gather_orders_by_weight_and_leaves_later_needs(self):
        other_topic = self.topic.copy({"code": "T2", "name": "Hydraulics"})
        other = self._create_course("HYD", topic_id=other_topic.id)
        other.with_user(self.user_coordinator).action_release()
        light = self._create_need(self.technician_a, weight=10)
        heavy = self._create_need(self.technician_a, weight=90, topic_id=other_topic.id)
        later = self._create_need(self.technician_b, due_date="2026-07-01")
        self.plan.action_gather_needs()
        self.assertRecordValues(
            self.plan.line_ids.sorted("id"),
            [
                {"course_id": other.id, "weight": 90, "need_count": 1, "seats": 1},
                {
                    "course_id": self.course.id,
                    "weight": 10,
                    "need_count": 1,
                    "seats": 1,
                },
            ],
        )
        self.assertEqual((light | heavy).mapped("state"), ["planned", "planned"])
        self.assertEqual(later.state, "open")

    def test_gather_twice_adds_to_the_same_line(self):
        self._create_need(self.technician_a)
        self.plan.action_gather_needs()
        self._create_need(self.technician_b)
        self.plan.action_gather_needs()
        self.assertEqual(len(self.plan.line_ids), 1)
        self.assertEqual(self.plan.line_ids.need_count, 2)

    def test_several_needs_of_one_person_take_one_seat(self):
        self._create_need(self.technician_a, weight=30, source="interview")
        self._create_need(self.technician_a, weight=50, source="questionnaire")
        self._create_need(self.technician_b, weight=20, source="interview")
        self.plan.action_gather_needs()
        self.assertRecordValues(
            self.plan.line_ids,
            [{"need_count": 3, "staff_count": 2, "seats": 2, "weight": 100}],
        )

    def test_closed_plan_gives_back_what_was_not_met(self):
        need = self._create_need(self.technician_a)
        met = self._create_need(self.technician_b)
        self.plan.action_gather_needs()
        self.plan.action_submit()
        self.plan.with_user(self.user_manager).action_approve()
        met.with_user(self.user_coordinator)._meet()
        self.plan.action_close()
        self.assertEqual(self.plan.state, "done")
        self.assertRecordValues(need, [{"state": "open", "plan_line_id": False}])
        self.assertEqual(met.state, "met")

    def test_deleted_line_gives_its_needs_back(self):
        need = self._create_need(self.technician_a)
        self.plan.action_gather_needs()
        self.plan.line_ids.unlink()
        self.assertRecordValues(need, [{"state": "open", "plan_line_id": False}])

    def test_nothing_to_gather_is_said(self):
        with self.assertRaisesRegex(UserError, "No open need"):
            self.plan.action_gather_needs()

    def test_empty_plan_cannot_be_submitted(self):
        with self.assertRaisesRegex(UserError, "no lines"):
            self.plan.action_submit()
        self.assertEqual(self.plan.state, "draft")

    def test_coordinator_cannot_approve_his_plan(self):
        self._create_need(self.technician_a)
        self.plan.action_gather_needs()
        self.plan.action_submit()
        with self.assertRaises(AccessError):
            self.plan.action_approve()
        self.assertEqual(self.plan.state, "submitted")

    def test_approved_plan_keeps_its_lines(self):
        self._create_need(self.technician_a)
        self.plan.action_gather_needs()
        self.plan.action_submit()
        self.plan.with_user(self.user_manager).action_approve()
        with self.assertRaisesRegex(UserError, "no draft any more"):
            self.plan.line_ids.budget = 99
        with self.assertRaisesRegex(UserError, "no draft any more"):
            self.plan.line_ids.unlink()

    def test_session_waits_for_approval(self):
        self._create_need(self.technician_a)
        self.plan.action_gather_needs()
        with self.assertRaisesRegex(UserError, "not approved yet"):
            self.plan.line_ids.action_create_session()

    def test_session_names_its_line_and_takes_the_rooms_place(self):
        self._create_need(self.technician_a)
        self.plan.action_gather_needs()
        self.plan.action_submit()
        self.plan.with_user(self.user_manager).action_approve()
        action = self.plan.line_ids.action_create_session()
        sessions = self.env[action["res_model"]].with_user(self.user_coordinator)
        with Form(sessions.with_context(**action["context"])) as form:
            form.date_begin = "2026-06-01 08:00:00"
            form.room_id = self.room
        session = form.record
        self.assertEqual(session.place, "Works")
        self.assertEqual(
            session.plan_line_id.display_name, "2026-06: [ENG-1] Course ENG-1 v1"
        )

    def test_cancelled_plan_gives_its_needs_back(self):
        need = self._create_need(self.technician_a)
        self.plan.action_gather_needs()
        self.plan.with_user(self.user_manager).action_cancel()
        self.assertRecordValues(need, [{"state": "open", "plan_line_id": False}])

    @mute_logger("odoo.sql_db")
    def test_second_plan_of_a_period_is_refused(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.plan.copy()
            self.env.flush_all()

    def test_dealer_cannot_read_plans(self):
        with self.assertRaises(AccessError):
            self.plan.with_user(self.user_manager_a).read(["name"])
