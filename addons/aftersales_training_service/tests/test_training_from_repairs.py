from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTrainingFromRepairs(ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic = cls.env["aftersales.training.topic"].create(
            {"name": "Engines", "code": "TENG", "content": "repair"}
        )
        cls.course = cls.env["aftersales.training.course"].create(
            {"name": "Engines", "code": "E1", "topic_id": cls.topic.id}
        )
        cls.course.action_release()
        cls.other = cls.env["aftersales.staff"].create(
            {"name": "Untrained", "dealer_id": cls.dealer_a.id}
        )

    def _record(self, finished_at, staff, fixed=True):
        """A finished repair as the past left it, with its outcome."""
        repair = self.env["repair.order"].create(
            {
                "product_id": self.card.product_id.id,
                "dealer_id": self.dealer_a.id,
                "staff_id": staff.id,
                "symptom_id": self.symptom.id,
                "internal_notes": "Call Mr Wang, 13900000001",
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE repair_order SET state = 'done', finished_at = %s,"
            " first_time_fix = %s WHERE id = %s",
            [finished_at, fixed, repair.id],
        )
        repair.invalidate_recordset()
        return repair

    def test_repeat_repairs_become_a_need(self):
        self._record("2026-06-01", self.technician_a, fixed=False)
        self._record("2026-06-02", self.technician_a, fixed=False)
        self._record("2026-06-02", self.other, fixed=False)
        self._record("2026-03-01", self.other, fixed=False)
        rule = self.env["aftersales.training.rule"].create(
            {
                "name": "Repeats",
                "kind": "repeat_repair",
                "topic_id": self.topic.id,
                "days": 30,
            }
        )
        needs = rule.with_user(self.user_coordinator)._find_needs()
        self.assertRecordValues(
            needs,
            [
                {
                    "staff_id": self.technician_a.id,
                    "source": "repeat_repair",
                    "note": "2 repairs came back",
                }
            ],
        )

    def test_effect_is_shown_against_the_untrained(self):
        session = self.env["aftersales.training.session"].create(
            {"course_id": self.course.id, "date_begin": "2026-03-10 08:00:00"}
        )
        session.action_open()
        enrolment = self.env["aftersales.training.enrolment"].create(
            {
                "session_id": session.id,
                "partner_id": self.technician_a.partner_id.id,
            }
        )
        enrolment.action_confirm()
        enrolment.action_sign_in()
        session.action_finish()
        for day, staff, fixed in (
            ("2026-03-01", self.technician_a, False),
            ("2026-03-02", self.technician_a, True),
            ("2026-04-01", self.technician_a, True),
            ("2026-04-02", self.technician_a, True),
            ("2026-03-01", self.other, True),
            ("2026-04-01", self.other, False),
        ):
            self._record(day, staff, fixed)
        session.effect_note = "It helped"
        session.with_user(self.user_coordinator).action_review_effect()
        self.assertRecordValues(
            session,
            [
                {
                    "fix_before": 50,
                    "fix_after": 100,
                    "fix_before_others": 100,
                    "fix_after_others": 0,
                }
            ],
        )

    def test_repair_becomes_a_case_without_names(self):
        repair = self._record("2026-06-01", self.technician_a, fixed=False)
        action = repair.with_user(self.user_manager).action_create_training_case()
        case = self.env["aftersales.training.case"].browse(action["res_id"])
        self.assertEqual((case.kind, case.state), ("bad", "draft"))
        text = f"{case.name} {case.situation} {case.cause} {case.action} {case.lesson}"
        self.assertIn(self.symptom.name, text)
        for secret in (
            "Wang",
            "13900000001",
            self.technician_a.name,
            self.dealer_a.name,
            repair.name,
        ):
            self.assertNotIn(secret, text)

    def test_open_repair_is_no_case(self):
        repair = self.env["repair.order"].create(
            {"product_id": self.card.product_id.id, "dealer_id": self.dealer_a.id}
        )
        with self.assertRaisesRegex(UserError, "Finish repair"):
            repair.with_user(self.user_manager).action_create_training_case()

    def test_dealer_makes_no_cases(self):
        repair = self._record("2026-06-01", self.technician_a)
        with self.assertRaises(AccessError):
            repair.with_user(self.user_manager_a).action_create_training_case()
