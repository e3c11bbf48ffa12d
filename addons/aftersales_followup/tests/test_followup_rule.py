from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models import aftersales_followup_rule_plan as plan
from ..utils import sampling
from .common import NOW, FollowupCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupRule(FollowupCommon):
    """Who is planned, once, and who is not."""

    def test_closed_case_is_asked_about_days_later(self):
        rule = self._create_rule()
        case = self._close_question()
        followup = rule._plan(rule._get_sources())
        self.assertRecordValues(
            followup,
            [
                {
                    "ticket_id": case.id,
                    "dealer_id": self.dealer_a.id,
                    "partner_id": self.customer_a.id,
                    "state": "planned",
                    "planned_on": date(2026, 6, 18),
                    "channel": "phone",
                    "asker": "support",
                    "reached": False,
                    "asked_on": False,
                    "user_id": False,
                    "occasion": f"helpdesk.ticket,{case.id},0",
                    "sample_note": "Rule “Call everybody” asks all.",
                }
            ],
        )

    def test_planning_twice_plans_once(self):
        rule = self._create_rule()
        case = self._close_question()
        first = rule._plan(rule._get_sources())
        self.assertEqual(len(first), 1)
        self.assertFalse(rule._plan(rule._get_sources()))
        self.assertEqual(case.followup_ids, first)

    def test_cancelled_follow_up_is_not_planned_again(self):
        rule = self._create_rule()
        self._close_question()
        rule._plan(rule._get_sources())._cancel("Moved abroad")
        self.assertFalse(rule._plan(rule._get_sources()))

    def test_database_holds_one_follow_up_per_occasion(self):
        rule = self._create_rule()
        self._close_question()
        followup = rule._plan(rule._get_sources())
        vals = {
            "rule_id": rule.id,
            "occasion": followup.occasion,
            "ticket_id": followup.ticket_id.id,
            "planned_on": "2026-06-18",
        }
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            followup.sudo().create(vals)
        self.assertEqual(rule.followup_count, 1)

    def test_two_rules_ask_about_the_same_case(self):
        case = self._close_question()
        for name in ("First", "Second"):
            rule = self._create_rule(name=name)
            self.assertEqual(len(rule._plan(rule._get_sources())), 1)
        self.assertEqual(len(case.followup_ids), 2)

    def test_conditions_leave_the_others_alone(self):
        self._close_question(severity="3")
        for vals in (
            {"case_type_ids": self.type_repair.ids},
            {"severity": "2"},
            {"verdict": "no_card"},
            {"date_from": "2026-06-16"},
            {"percent": 0},
        ):
            with self.subTest(vals=vals):
                rule = self._create_rule(**vals)
                self.assertFalse(rule._plan(rule._get_sources()))
        for vals in (
            {"case_type_ids": self.type_question.ids},
            {"severity": "3"},
            {"verdict": "covered"},
            {"date_from": "2026-06-15"},
        ):
            with self.subTest(vals=vals):
                rule = self._create_rule(**vals)
                self.assertEqual(len(rule._plan(rule._get_sources())), 1)

    def test_severe_means_at_least_as_severe(self):
        self._close_question(severity="1")
        rule = self._create_rule(severity="2")
        self.assertEqual(len(rule._plan(rule._get_sources())), 1)

    def test_old_cases_are_left_alone(self):
        self._close_question()
        rule = self._create_rule(lookback_days=10)
        with freeze_time("2026-06-26 08:00:00"):
            self.assertFalse(rule._get_sources())
        with freeze_time("2026-06-25 08:00:00"):
            self.assertEqual(len(rule._get_sources()), 1)

    def test_open_case_is_not_planned(self):
        self._create_case()
        self.assertFalse(self._create_rule()._get_sources())

    def test_sample_is_the_fixed_part_of_the_keys(self):
        cases = self.env["helpdesk.ticket"]
        for _count in range(12):
            cases |= self._close_question()
        rule = self._create_rule(percent=50)
        followups = rule._plan(rule._get_sources())
        expected = cases.filtered(
            lambda case: sampling.is_sampled(
                f"{rule.id}/helpdesk.ticket,{case.id},0", 50
            )
        )
        self.assertEqual(followups.ticket_id, expected)
        self.assertFalse(rule._plan(rule._get_sources()), "no second draw")
        for followup in followups:
            place = sampling.get_place(f"{rule.id}/{followup.occasion}")
            self.assertLess(place, 50)
            self.assertIn(f"asks 50 %: its place is {place}", followup.sample_note)

    def test_customer_is_asked_no_more_than_allowed(self):
        first, second = self._close_question(), self._close_question()
        other = self._close_question(partner_id=self._create_customer(None, "Other").id)
        rule = self._create_rule(max_per_customer=1, customer_days=30)
        followups = rule._plan(rule._get_sources())
        self.assertEqual(followups.ticket_id, first | other)
        self.assertFalse(rule._plan(rule._get_sources()), "not on the next day either")
        with freeze_time("2026-07-15 08:00:00"):
            third = self._close_question()
            self.assertEqual(rule._plan(second | third).ticket_id, third)

    def test_limit_counts_what_other_rules_ask(self):
        self._close_question()
        always = self._create_rule()
        always._plan(always._get_sources())
        rule = self._create_rule(max_per_customer=1)
        self.assertFalse(rule._plan(rule._get_sources()))
        followup = always.followup_ids
        followup._cancel("Not needed")
        self.assertEqual(len(rule._plan(rule._get_sources())), 1)

    def test_reopened_case_is_asked_about_after_its_next_closing(self):
        rule = self._create_rule()
        case = self._close_question()
        first = rule._plan(rule._get_sources())
        case.action_reopen()
        self.assertRecordValues(
            first, [{"state": "cancelled", "cancel_reason": "The case was reopened."}]
        )
        case.resolution = "Read page 5"
        case.action_resolve()
        case.action_close()
        second = rule._plan(rule._get_sources())
        self.assertEqual(second.occasion, f"helpdesk.ticket,{case.id},1")
        self.assertEqual(second.state, "planned")

    def test_cron_plans_for_all_rules(self):
        case = self._close_question()
        self._create_rule(name="First")
        self._create_rule(name="Second")
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("aftersales_followup.ir_cron_plan").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(case.followup_ids), 2)

    def test_stopped_cron_goes_on_where_it_stopped(self):
        cases = [self._close_question() for _count in range(3)]
        rule = self._create_rule()
        progress = []

        def commit_progress(_self, processed=0, *, remaining=None, **_kwargs):
            progress.append((processed, remaining))
            return 0 if processed else 10

        cron = type(self.env["ir.cron"])
        with (
            patch.object(plan, "BATCH", 1),
            patch.object(cron, "_commit_progress", commit_progress),
        ):
            rule._cron_plan()
            self.assertEqual(rule.followup_ids.ticket_id, cases[0])
            self.assertEqual(progress, [(0, 3), (1, None)])
        with patch.object(cron, "_commit_progress", lambda *_args, **_kwargs: 10):
            rule._cron_plan()
        self.assertEqual(len(rule.followup_ids.ticket_id), 3)

    def test_manager_plans_at_once_and_support_does_not(self):
        rule = self._create_rule()
        self._close_question()
        with self.assertRaises(AccessError):
            rule.with_user(self.user_support).action_plan()
        self.assertFalse(rule.followup_ids)
        notice = rule.with_user(self.user_manager).action_plan()
        self.assertEqual(notice["params"]["message"], "1 follow-ups were planned.")
        self.assertEqual(len(rule.followup_ids), 1)

    def test_periodic_rule_needs_months(self):
        with self.assertRefused(ValidationError, "every how many months"):
            self._create_rule(trigger="periodic", months=0)
