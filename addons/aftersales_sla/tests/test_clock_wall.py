from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import ClockCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClockWall(ClockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["helpdesk.ticket"]

    def test_wall_shows_the_most_urgent_first(self):
        later = self._create_case()
        later._stamp("replied_at")
        urgent = self._create_case()
        with freeze_time(at(minutes=20)):
            self._run_cron()
            wall = self.cases.with_user(self.user_agent_a).get_clock_wall()
        self.assertEqual([tile["id"] for tile in wall["tiles"]], (urgent + later).ids)
        self.assertEqual(
            wall["counts"], {"late": 1, "soon": 0, "later": 1, "paused": 0}
        )
        self.assertEqual(wall["now"], "2026-06-15 08:20:00")
        self.assertEqual(
            {key: wall["tiles"][0][key] for key in ("target", "deadline", "state")},
            {"target": "Reply", "deadline": "2026-06-15 08:10:00", "state": "late"},
        )

    def test_wall_of_a_dealer_shows_his_cases_only(self):
        case = self._create_case()
        own = self.cases.with_user(self.user_agent_a).get_clock_wall()
        self.assertEqual([tile["id"] for tile in own["tiles"]], case.ids)
        other = self.cases.with_user(self.user_agent_b).get_clock_wall()
        self.assertEqual(other["tiles"], [])
        self.assertEqual(set(other["counts"].values()), {0})

    def test_filters_know_late_and_soon_without_the_job(self):
        case = self._create_case()
        search = self.cases.with_user(self.user_support).search
        own = [("id", "=", case.id)]
        with freeze_time(at(minutes=9)):
            self.assertFalse(search([("next_deadline", "<", "now"), *own]))
            soon = [("next_deadline", ">=", "now"), ("next_deadline", "<", "now +2H")]
            self.assertEqual(search([*soon, *own]), case)
        with freeze_time(at(minutes=11)):
            self.assertEqual(search([("next_deadline", "<", "now"), *own]), case)

    def test_rates_by_target(self):
        met, missed = self._create_case(), self._create_case()
        met.action_reply()
        with freeze_time(at(1)):
            missed.action_reply()
        clocks = self.env["aftersales.sla.clock"].with_user(self.user_quality)
        groups = clocks._read_group(
            [("ticket_id", "in", (met | missed).ids), ("target", "=", "reply")],
            ["dealer_id", "target"],
            ["met_rate:avg", "missed_count:sum"],
        )
        self.assertEqual(groups, [(self.dealer_a.sudo(False), "reply", 50.0, 1)])
