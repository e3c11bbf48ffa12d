from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQualityReport(QualityCommon):
    def _print(self, repair, user):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user)
            ._render_qweb_html("aftersales_quality.report_quality_sheet", repair.ids)
        )
        return " ".join(html.fromstring(content).text_content().split())

    def test_sheet_shows_rounds_results_and_defects(self):
        repair = self._create_work()
        self._pass(repair)
        self._fail(repair, self.user_manager_a)
        self._pass(repair)
        text = self._print(repair, self.user_tech_a)
        for part in (
            "Quality Check Sheet",
            "Redone 1",
            "Round 1: 1 – Self Check Passed Tech A 2026-06-15",
            "Round 1: 2 – Team Leader Failed Manager A",
            "Defects Q40 Leak To Do Again Seal it",
            "Round 2: 1 – Self Check Passed",
            "Tightened In Order",
            "□ In order □ Not in order",
        ):
            self.assertIn(part, text)
        self.assertNotIn("Round 1: 3", text)

    def test_other_dealer_cannot_print(self):
        repair = self._create_work()
        with self.assertRaises(AccessError):
            self._print(repair, self.user_agent_b)
