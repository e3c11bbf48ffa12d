from odoo.tests import tagged

from odoo.addons.aftersales_dealer.utils.amount_words import amount_in_chinese

from .common import ChargeCommon


@tagged("post_install", "-at_install")
class TestChargeReports(ChargeCommon):
    """What the papers say, as the dealer's agent prints them."""

    def _render(self, report, record, lang="en_US"):
        record.sudo().partner_id.lang = lang
        reports = self.env["ir.actions.report"].with_user(self.user_agent_a)
        html, _type = reports._render_qweb_html(
            f"aftersales_charge.{report}", record.ids
        )
        return html.decode()

    def test_quotation_shows_charged_covered_and_total(self):
        quotation = self._quote(self._create_old_repair())
        html = self._render("report_quotation_action", quotation)
        for text in ("Repair Quotation", quotation.name, "SN-OLD", "576.58", "66.33"):
            with self.subTest(text=text):
                self.assertIn(text, html)

    def test_cost_sheet_shows_invoice_old_parts_and_next_service(self):
        repair, quotation = self._finish_charged()
        quotation._bill("FP-001", "2026-06-15", 576.58, "2026-06-15")
        delivery = self._create_delivery(repair)
        delivery.next_service_date = "2026-12-15"
        delivery.action_deliver()
        html = self._render("report_cost_sheet_action", delivery)
        for text in (
            "Cost Sheet",
            "FP-001",
            "Given to the Customer",
            "12/15/2026",
            "510.25",
            "576.58",
            "Zhang San",
        ):
            with self.subTest(text=text):
                self.assertIn(text, html)

    def test_chinese_papers_carry_the_sum_in_capitals(self):
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        quotation = self._quote(self._create_old_repair())
        html = self._render("report_quotation_action", quotation, "zh_CN")
        self.assertIn("维修报价单", html)
        self.assertIn(amount_in_chinese(576.58), html)
        repair, _quotation = self._finish_charged()
        delivery = self._create_delivery(repair)
        html = self._render("report_cost_sheet_action", delivery, "zh_CN")
        self.assertIn("费用结算单", html)
        self.assertIn("伍佰柒拾陆元伍角捌分", html)
