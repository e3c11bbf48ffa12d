import re
from datetime import date

from odoo.tests import HttpCase, freeze_time, tagged

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
class TestCardPaper(WarrantyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer_a.partner_id.phone = "0371-6688 1234"
        cls.customer_a.phone = "13800001111"
        with freeze_time("2026-03-10"):
            cls.card = cls._create_active_card("PAPER-1", invoice_ref="INV/77")

    def _open(self, token, **headers):
        return self.url_open(f"/warranty/{token}", headers=headers)

    def test_paper_shows_what_the_form_asks_for(self):
        html, kind = (
            self.env["ir.actions.report"]
            .with_user(self.user_agent_a)
            ._render_qweb_html(
                "aftersales_warranty.aftersales_warranty_card_report", self.card.ids
            )
        )
        self.assertEqual(kind, "html")
        text = re.sub(r"\s+", " ", html.decode())
        for expected in (
            self.card.name,
            "PAPER-1",
            "Harvester H1",
            "Northern Machinery",
            "0371-6688 1234",
            "Farmer Zhang",
            "13800001111",
            "INV/77",
            "03/01/2026",
            "03/01/2027",
            "Main Part",
            "2,000",
            "within 20 days of the sale",
            "data:image/png;base64,",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("Duplicate", text)

    def test_duplicate_says_so(self):
        with freeze_time("2026-03-11"):
            self.card.action_reissue()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "aftersales_warranty.aftersales_warranty_card_report", self.card.ids
        )
        self.assertIn("Duplicate", html.decode())

    def test_paper_is_chinese_for_a_chinese_customer(self):
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        self.customer_a.lang = "zh_CN"
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "aftersales_warranty.aftersales_warranty_card_report", self.card.ids
        )
        for expected in ("三包凭证", "出厂编号", "销售者", "用户签字", "主要部件"):
            self.assertIn(expected, html.decode())

    def test_page_shows_the_cover_and_nothing_private(self):
        with freeze_time("2026-04-01"):
            response = self._open(self.card.access_token)
        self.assertEqual(response.status_code, 200)
        for expected in (
            "Harvester H1",
            "PAPER-1",
            "03/01/2027",
            "Northern Machinery",
            "0371-6688 1234",
        ):
            self.assertIn(expected, response.text)
        for secret in ("Farmer Zhang", "13800001111", "INV/77", "reimbursed"):
            self.assertNotIn(secret, response.text)
        self.assertEqual(response.headers["X-Robots-Tag"], "noindex, nofollow")

    def test_page_speaks_the_readers_language(self):
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        with freeze_time("2026-04-01"):
            response = self._open(
                self.card.access_token, **{"Accept-Language": "zh-CN,zh;q=0.9"}
            )
        for expected in ("今日在保", "出厂编号", "三包截止日", "个月三包期内"):
            self.assertIn(expected, response.text)

    def test_page_of_a_late_card_says_nothing_of_the_dealers_money(self):
        with freeze_time("2026-06-01"):
            card = self._create_active_card("PAPER-2")
            self.assertEqual(card.registration, "late")
            response = self._open(card.access_token)
        self.assertIn("Covered today", response.text)
        self.assertNotIn("slip", response.text)
        self.assertNotIn("reimbursed", response.text)

    def test_expired_card_says_so(self):
        values = {}
        with freeze_time("2027-03-02"):
            values = self.card._get_public_values()
        self.assertFalse(values["covered"])
        self.assertEqual(values["end"], date(2027, 3, 1))
        self.assertIn("ended on 03/01/2027", values["reasons"][0])

    def test_any_other_token_is_not_found(self):
        token = self.card.access_token
        with freeze_time("2026-03-10"):
            draft = self._create_card("PAPER-3")
        for wrong in ("x", token[:-1], token + "x", "%", "False", draft.access_token):
            with self.subTest(token=wrong):
                self.assertEqual(self._open(wrong).status_code, 404)
        with freeze_time("2026-03-11"):
            self.card.action_reissue()
        self.env.flush_all()
        self.assertEqual(self._open(token).status_code, 404)
        self.assertEqual(self._open(self.card.access_token).status_code, 200)
