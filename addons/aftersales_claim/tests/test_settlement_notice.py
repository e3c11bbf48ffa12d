from odoo.tests import tagged

from odoo.addons.aftersales_dealer.utils.amount_words import amount_in_chinese

from .common import ClaimCommon

REPORT = "aftersales_claim.aftersales_settlement_report"


@tagged("post_install", "-at_install")
class TestSettlementNotice(ClaimCommon):
    """The paper says what the books say."""

    def _render(self, settlement, user):
        report = self.env["ir.actions.report"].with_user(user)
        content, _kind = report._render_qweb_html(REPORT, settlement.ids)
        return content.decode()

    def test_notice_shows_claims_deductions_totals_and_offsets(self):
        invoice = self._create_invoice(1000.0, "2026-02-28")
        claim = self._create_approved(hours=4.0)
        settlement = self._run_settlement()
        self._adjust(settlement, "old_part", -50.0, "Part without tag")
        settlement.action_notify()
        settlement.with_user(self.user_manager_a).action_confirm()
        settlement.action_offset()
        text = self._render(settlement, self.user_accountant)
        for expected in (
            settlement.name,
            claim.name,
            claim.repair_id.name,
            "Hours above the flat rate",
            "Part without tag",
            "VAT 13 %",
            # 460 − 50, its tax and the sum
            "410.00",
            "53.30",
            "463.30",
            settlement.credit_note_name,
            invoice.name,
            self.user_manager_a.name,
        ):
            self.assertIn(expected, text)

    def test_dealer_prints_his_own_notice_only(self):
        settlement = self._create_confirmed()
        text = self._render(settlement, self.user_manager_a)
        self.assertIn(settlement.name, text)
        self.assertIn("519.80", text)
        self.assertNotIn("flat_hours", text)
        with self.assertRaises(Exception) as caught:
            self._render(settlement, self.user_manager_b)
        self.assertIn("AccessError", repr(caught.exception) + str(caught.exception))

    def test_notice_speaks_the_dealers_language(self):
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        self.dealer_a.partner_id.lang = "zh_CN"
        settlement = self._create_confirmed()
        text = self._render(settlement, self.user_accountant)
        self.assertIn("三包费用核销通知单", text)
        self.assertIn("伍佰壹拾玖元捌角整", text)

    def test_amount_in_words_ends_with_zheng_after_yuan_or_jiao(self):
        self.assertEqual(amount_in_chinese(519.8), "伍佰壹拾玖元捌角整")
        self.assertEqual(amount_in_chinese(10050000.01), "壹仟零伍万元零壹分")
