from datetime import date

from odoo.tests import freeze_time, tagged

from .common import NOW, FollowupCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupSources(FollowupCommon):
    """What each trigger finds, and on which day the customer is asked."""

    def test_day_is_the_companys_not_greenwichs(self):
        rule = self._create_rule()
        with freeze_time("2026-06-15 20:00:00"):
            self._close_question()
            followup = rule._plan(rule._get_sources())
        self.assertEqual(followup.planned_on, date(2026, 6, 19))

    def test_repair_is_asked_about_before_its_case_is_closed(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        rule = self._create_rule(trigger="repair_finished", days_after=1)
        followup = rule._plan(rule._get_sources())
        self.assertRecordValues(
            followup,
            [
                {
                    "ticket_id": repair.ticket_id.id,
                    "repair_id": repair.id,
                    "staff_id": self.technician_a.id,
                    "planned_on": date(2026, 6, 16),
                    "occasion": f"repair.order,{repair.id}",
                }
            ],
        )
        self.assertFalse(repair.ticket_id.closed)

    def test_repair_of_a_reopened_case_is_not_asked_about(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        rule = self._create_rule(trigger="repair_finished")
        followup = rule._plan(rule._get_sources())
        repair.ticket_id.with_user(self.user_agent_a).action_reopen()
        self.assertEqual(followup.state, "cancelled")

    def test_delivery_is_asked_about_by_its_card(self):
        rule = self._create_rule(
            trigger="delivered", days_after=7, lookback_days=120, percent=100
        )
        sources = rule._get_sources()
        self.assertEqual(sources.filtered(lambda c: c == self.card), self.card)
        followup = rule._plan(self.card)
        self.assertRecordValues(
            followup,
            [
                {
                    "card_id": self.card.id,
                    "ticket_id": False,
                    "dealer_id": self.dealer_a.id,
                    "partner_id": self.customer_a.id,
                    "product_id": self.machine.id,
                    "lot_id": self.lot.id,
                    "planned_on": date(2026, 3, 8),
                }
            ],
        )

    def test_delivery_date_goes_before_the_sale_date(self):
        rule = self._create_rule(trigger="delivered", days_after=1)
        self.assertNotIn(self.card, rule._get_sources())
        self.card.sudo().delivery_date = date(2026, 6, 10)
        self.assertIn(self.card, rule._get_sources())
        self.assertEqual(rule._plan(self.card).planned_on, date(2026, 6, 11))

    def test_period_comes_round_for_each_machine(self):
        rule = self._create_rule(trigger="periodic", months=3, days_after=0)
        rule.lookback_days = 5
        for today, found in (
            ("2026-05-31", False),
            ("2026-06-01", True),
            ("2026-06-06", True),
            ("2026-06-07", False),
            ("2026-09-01", True),
        ):
            with self.subTest(today=today), freeze_time(f"{today} 08:00:00"):
                self.assertEqual(self.card in rule._get_sources(), found)
        with freeze_time("2026-06-02 08:00:00"):
            first = rule._plan(self.card)
            self.assertFalse(rule._plan(self.card))
        self.assertEqual(first.planned_on, date(2026, 6, 1))
        with freeze_time("2026-09-02 08:00:00"):
            second = rule._plan(self.card)
        self.assertEqual(second.planned_on, date(2026, 9, 1))

    def test_unregistered_machine_is_not_asked_about(self):
        draft = self._create_card("SN-0002", sale_date=date(2026, 6, 10))
        rule = self._create_rule(trigger="delivered")
        self.assertNotIn(draft, rule._get_sources())
