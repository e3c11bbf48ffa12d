from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.common import NOW

from .common import ClockCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClockPolicy(ClockCommon):
    def _create_first(self, **vals):
        """A promise of five minutes that goes before the common one."""
        return self._create_policy({"sequence": 1, **vals}, reply=(5, "minute"))

    def _get_reply_minutes(self, **case_vals):
        return self._get_clock(self._create_case(**case_vals), "reply").minutes

    def test_every_target_of_a_visit_has_its_deadline(self):
        case = self._create_case()
        clocks = case.sudo().clock_ids.sorted("sequence")
        self.assertEqual(
            [(clock.target, clock.deadline) for clock in clocks],
            [
                ("reply", at(minutes=10)),
                ("arrange", at(2)),
                ("contact", at(2)),
                ("arrive", at(4)),
                ("restore", at(8)),
                ("resolve", at(48)),
            ],
        )
        self.assertRecordValues(
            case,
            [
                {
                    "next_deadline": at(minutes=10),
                    "next_target": "reply",
                    "sla_state": "on_track",
                }
            ],
        )

    def test_question_needs_no_visit(self):
        case = self._create_case(case_type_id=self.type_question.id)
        self.assertEqual(
            sorted(case.clock_ids.mapped("target")), ["reply", "resolve", "restore"]
        )

    def test_other_customer_brings_other_deadlines(self):
        level = self.env.ref("aftersales_service.service_level_a")
        self._create_first(service_level_id=level.id)
        customer = self._create_customer(self.dealer_a, "Key account")
        customer.service_level_id = level
        case = self._create_case(self.user_support, dealer_id=self.dealer_a.id)
        self.assertEqual(self._get_clock(case, "reply").deadline, at(minutes=10))
        case.partner_id = customer
        self.assertEqual(case.service_level_id, level)
        self.assertEqual(self._get_clock(case, "reply").deadline, at(minutes=5))
        self.assertEqual(case.next_deadline, at(minutes=5))

    def test_first_fitting_promise_holds(self):
        level = self.env.ref("aftersales_service.service_level_a")
        self._create_first(service_level_id=level.id)
        self.assertEqual(self._get_reply_minutes(), 10)
        self.assertEqual(self._get_reply_minutes(service_level_id=level.id), 5)

    def test_condition_severity(self):
        self._create_first(severity="1")
        self.assertEqual(self._get_reply_minutes(severity="2"), 10)
        self.assertEqual(self._get_reply_minutes(severity="1"), 5)

    def test_condition_case_type(self):
        self._create_first(case_type_ids=[Command.set(self.type_question.ids)])
        self.assertEqual(self._get_reply_minutes(), 10)
        question = self._get_reply_minutes(case_type_id=self.type_question.id)
        self.assertEqual(question, 5)

    def test_condition_dealer_grade(self):
        grade = self.env["aftersales.dealer.grade"].create(
            {"name": "Test grade", "code": "TEST"}
        )
        self._create_first(grade_ids=[Command.set(grade.ids)])
        self.assertEqual(self._get_reply_minutes(), 10)
        self.dealer_a.grade_id = grade
        self.assertEqual(self._get_reply_minutes(), 5)

    def test_condition_category_counts_for_those_below(self):
        category = self.env["product.category"].create({"name": "Tractors"})
        below = self.env["product.category"].create(
            {"name": "Small tractors", "parent_id": category.id}
        )
        self._create_first(category_ids=[Command.set(category.ids)])
        self.assertEqual(self._get_reply_minutes(), 10)
        self.machine.categ_id = below
        self.assertEqual(self._get_reply_minutes(), 5)

    def test_validity_goes_by_the_local_day(self):
        # 2026-06-15 20:00 UTC is the 16th in Shanghai
        self.dealer_a.calendar_id = self._create_calendar()
        self._create_first(date_from=date(2026, 6, 16))
        with freeze_time("2026-06-15 15:59:00"):
            self.assertEqual(self._get_reply_minutes(), 10)
        with freeze_time("2026-06-15 16:01:00"):
            self.assertEqual(self._get_reply_minutes(), 5)

    def test_no_promise_no_clock(self):
        self.policy.active = False
        case = self._create_case()
        self.assertFalse(case.clock_ids)
        self.assertFalse(case.sla_state)

    def test_season_tightens_targets_and_runs_day_and_night(self):
        season = self.env["aftersales.sla.season"].create(
            {"name": "Harvest", "date_from": "2020-06-01", "date_to": "2020-06-20"}
        )
        calendar = self._create_calendar()
        policy = self._create_first(
            hours="calendar", calendar_id=calendar.id, season_ids=season.ids
        )
        policy.target_ids = [
            Command.create({"target": "resolve", "amount": 10, "unit": "day"}),
            Command.create(
                {
                    "target": "resolve",
                    "amount": 3,
                    "unit": "day",
                    "season_id": season.id,
                }
            ),
        ]
        case = self._create_case()
        self.assertEqual(self._get_clock(case, "resolve").deadline, at(72))
        self.assertEqual(self._get_clock(case, "reply").deadline, at(minutes=5))
        with freeze_time("2026-06-22 01:00:00"):
            late = self._create_case()
        # ten working days from Monday 09:00 in Shanghai
        self.assertEqual(
            self._get_clock(late, "resolve").deadline, datetime(2026, 7, 6, 1)
        )

    def test_season_over_new_year(self):
        season = self.env["aftersales.sla.season"].create(
            {"name": "Winter", "date_from": "2020-12-15", "date_to": "2021-01-10"}
        )
        self.assertTrue(season._is_on(date(2026, 12, 31)))
        self.assertTrue(season._is_on(date(2027, 1, 10)))
        self.assertFalse(season._is_on(date(2027, 1, 11)))
        season.yearly = False
        self.assertFalse(season._is_on(date(2026, 12, 31)))

    def test_shipped_promises_are_those_of_the_rules(self):
        expected = {
            "a": {"reply": 10, "arrange": 120, "arrive": 120, "restore": 240},
            "b": {"reply": 10, "arrange": 120, "resolve": 2880},
            "c": {"reply": 30, "arrange": 120, "resolve": 4320},
        }
        calendar = self.env["resource.calendar"]
        for key, targets in expected.items():
            policy = self.env.ref(f"aftersales_sla.aftersales_sla_policy_{key}")
            minutes = {
                line.target: line._get_minutes(calendar)
                for line in policy.target_ids
                if not line.season_id
            }
            self.assertEqual({name: minutes[name] for name in targets}, targets)
            self.assertTrue(all(policy.target_ids.mapped("source")))

    def test_edited_promise_reaches_open_cases_when_applied(self):
        case = self._create_case()
        manager = self.policy.with_user(self.user_manager)
        manager.target_ids.filtered(lambda t: t.target == "reply").amount = 30
        self.assertEqual(self._get_clock(case, "reply").deadline, at(minutes=10))
        manager.action_apply()
        self.assertEqual(self._get_clock(case, "reply").deadline, at(minutes=30))
        with self.assertRaises(AccessError):
            self.policy.with_user(self.user_support).action_apply()

    def test_bad_promises_are_refused(self):
        empty = self.env["resource.calendar"].create(
            {"name": "Empty", "attendance_ids": [Command.clear()]}
        )
        empty.attendance_ids.unlink()
        for vals in (
            {"hours": "calendar", "calendar_id": empty.id},
            {"hours": "calendar"},
            {"date_from": "2026-02-01", "date_to": "2026-01-01"},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.policy.write(vals)
        season = self.env["aftersales.sla.season"].create(
            {"name": "X", "date_from": "2026-06-01", "date_to": "2026-06-20"}
        )
        with self.assertRaisesRegex(ValidationError, "before its first"):
            season.write({"yearly": False, "date_to": "2026-05-01"})

    @mute_logger("odoo.sql_db")
    def test_target_stands_once_in_a_promise_and_is_positive(self):
        for vals in ({"target": "reply", "amount": 5}, {"target": "x", "amount": 0}):
            vals = {"unit": "hour", **vals, "target": "reply"}
            if not vals["amount"]:
                self.policy.target_ids.filtered(lambda t: t.target == "reply").unlink()
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.policy.target_ids = [Command.create(vals)]
                self.env.flush_all()
