import io

import openpyxl

from odoo.tests import HttpCase, freeze_time, tagged

from .common import NOW, StockingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingOutput(StockingCommon, HttpCase):
    """The plan on paper and as a workbook."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls._create_plan()

    def _get(self, user):
        self.authenticate(user.login, user.login)
        return self.url_open(self.plan.action_export()["url"])

    def test_workbook_of_the_dealer(self):
        answer = self._get(self.user_agent_a)
        self.assertEqual(answer.status_code, 200)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = list(sheet.values)
        self.assertEqual(rows[0][:2], (self.plan.name, "Northern Machinery"))
        figures = dict(zip(rows[2], rows[3], strict=True))
        self.assertEqual(
            (figures["Needed"], figures["On Hand When Planned"], figures["Proposed"]),
            (6, 2, 4),
        )
        self.assertEqual(figures["Dealer's Quantity"], 4)
        self.assertIn("Used 6 in 2025", rows[3][-1])

    def test_other_dealer_gets_none(self):
        self.assertEqual(self._get(self.user_agent_b).status_code, 404)

    def test_paper(self):
        report = self.env.ref("aftersales_stocking.aftersales_stocking_plan_report")
        html, _kind = report.with_user(self.user_agent_a)._render_qweb_html(
            report.report_name, self.plan.ids
        )
        text = html.decode()
        self.assertIn(self.plan.name, text)
        self.assertIn("Used 6 in 2025 and 4 in 2024", text)
