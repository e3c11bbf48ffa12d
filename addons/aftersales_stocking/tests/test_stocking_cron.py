from datetime import date

from odoo.tests import freeze_time, tagged

from .common import NOW, StockingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingCron(StockingCommon):
    """Plans are made, reminded of and closed by the days, each once."""

    def _get_plans(self):
        return self.plans.search([("season_id", "=", self.season.id)])

    def _remind(self, moment):
        with freeze_time(moment):
            self._run_cron("remind")

    def test_made_sixty_days_before_one_per_dealer(self):
        with freeze_time("2026-04-01 08:00:00"):
            self._run_cron("create")
            self.assertFalse(self._get_plans())
        self._run_cron("create")
        plans = self._get_plans()
        self.assertIn(self.dealer_a, plans.dealer_id)
        self.assertIn(self.dealer_b, plans.dealer_id)
        self.assertEqual(len(plans), len(plans.dealer_id))
        plan = plans.filtered(lambda plan: plan.dealer_id == self.dealer_a)
        self.assertRecordValues(
            plan, [{"state": "proposed", "year": 2026, "due_date": date(2026, 5, 2)}]
        )
        self.assertEqual(plan.line_ids.proposed, 4)

    def test_second_run_makes_nothing_new(self):
        self._run_cron("create")
        plans = self._get_plans()
        lines = plans.line_ids
        with freeze_time("2026-04-03 08:00:00"):
            self._run_cron("create")
        self.assertEqual(self._get_plans(), plans)
        self.assertEqual(self._get_plans().line_ids, lines)

    def test_season_that_nobody_plans_for(self):
        self.season.is_planned = False
        self._run_cron("create")
        self.assertFalse(self._get_plans())

    def test_suspended_dealer_gets_none(self):
        self.dealer_b.state = "suspended"
        self._run_cron("create")
        self.assertNotIn(self.dealer_b, self._get_plans().dealer_id)

    def test_plan_made_late_leaves_the_reminders_days(self):
        with freeze_time("2026-05-20 08:00:00"):
            self._run_cron("create")
        plan = self._get_plans()[:1]
        self.assertEqual(plan.due_date, date(2026, 5, 27))

    def test_reminded_before_on_the_day_and_once_after(self):
        plan = self._create_plan().sudo()
        for moment, stage, summary in (
            ("2026-04-24 08:00", False, []),
            ("2026-04-25 08:00", "before", ["Hand in the stocking plan"]),
            ("2026-04-26 08:00", "before", ["Hand in the stocking plan"]),
            (
                "2026-05-02 08:00",
                "due",
                ["Today is the last day: hand in the stocking plan"],
            ),
        ):
            with self.subTest(moment=moment):
                self._remind(moment)
                self.assertEqual(plan.reminder, stage)
                self.assertEqual(plan.activity_ids.mapped("summary"), summary)
        self.assertEqual(plan.activity_ids.user_id, self.user_manager_a)

    def test_late_is_told_once(self):
        plan = self._create_plan().sudo()
        self._remind("2026-05-03 08:00")
        task = plan.activity_ids
        self.assertIn("is late", task.summary)
        self._remind("2026-05-04 08:00")
        self._remind("2026-05-20 08:00")
        self.assertEqual(plan.activity_ids, task)
        late = plan.message_ids.filtered(lambda m: "plan is late" in (m.body or ""))
        self.assertEqual(len(late), 1)

    def test_handed_in_is_not_reminded_of(self):
        plan = self._create_plan()
        self._submit(plan)
        self._remind("2026-05-03 08:00")
        self.assertFalse(plan.reminder)

    def test_handing_in_ends_the_reminder(self):
        plan = self._create_plan()
        self._remind("2026-05-02 08:00")
        self._submit(plan)
        self.assertNotIn(self.user_manager_a, plan.sudo().activity_ids.user_id)

    def test_closed_after_the_season(self):
        plan = self._create_plan()
        with freeze_time("2026-06-30 08:00:00"):
            self._run_cron("close")
            self.assertEqual(plan.state, "proposed")
        with freeze_time("2026-07-01 08:00:00"):
            self._run_cron("close")
            self.assertRecordValues(
                plan,
                [{"state": "closed", "closed_on": date(2026, 7, 1), "is_late": True}],
            )
