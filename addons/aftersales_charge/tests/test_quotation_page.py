import json

from odoo.tests import HttpCase, tagged

from .common import SIGNATURE, ChargeCommon


@tagged("post_install", "-at_install")
class TestQuotationPage(HttpCase, ChargeCommon):
    """The customer's page: his quotation by its token, and nothing else."""

    clock_ticks = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        repair = cls._create_old_repair()
        cls.quotation = cls._quote(repair)
        cls.quotation.action_send()
        cls.url = f"/my/aftersales/quotations/{cls.quotation.id}"
        cls.token = cls.quotation.sudo().access_token

    def _open(self, url=None, token=None, **params):
        query = "&".join(f"{k}={v}" for k, v in params.items())
        token = self.token if token is None else token
        return self.url_open(f"{url or self.url}?access_token={token}&{query}")

    def _accept(self, token, **params):
        response = self.url_open(
            f"{self.url}/accept?access_token={token}",
            data=json.dumps({"params": {"name": "Zhang San", **params}}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def test_token_opens_the_quotation(self):
        response = self._open()
        self.assertEqual(response.status_code, 200)
        for text in (self.quotation.name, "Fuel pump", "576.58", "Farmer Zhang"):
            self.assertIn(text, response.text)
        self.assertIn("noindex", response.headers["X-Robots-Tag"])

    def test_page_tells_nothing_beside_the_quotation(self):
        text = self._open().text
        for secret in ("13900000001", "Road 1", "zhang@example.com", "Published"):
            with self.subTest(secret=secret):
                self.assertNotIn(secret, text)

    def test_wrong_missing_or_foreign_token_opens_nothing(self):
        other = self._quote(self._create_old_repair())
        other.action_send()
        for token in ("", "x", other.sudo().access_token):
            with self.subTest(token=token):
                self.assertEqual(self._open(token=token).status_code, 404)
        self.assertEqual(self.url_open(self.url).status_code, 404)

    def test_account_does_not_replace_the_token(self):
        self.authenticate("agent_b", "agent_b")
        self.assertEqual(self._open(token="x").status_code, 404)
        self.authenticate("agent_a", "agent_a")
        self.assertEqual(self._open(token="x").status_code, 404)

    def test_draft_is_not_shown(self):
        draft = self._quote(self._create_old_repair())
        token = draft._portal_ensure_token()
        url = f"/my/aftersales/quotations/{draft.id}"
        self.assertEqual(self._open(url, token).status_code, 404)

    def test_customer_signs_on_the_page(self):
        answer = self._accept(self.token, signature=SIGNATURE.decode())
        self.assertTrue(answer["result"]["force_refresh"])
        self.quotation.invalidate_recordset()
        self.assertRecordValues(
            self.quotation,
            [
                {
                    "state": "accepted",
                    "acceptance": "portal",
                    "accepted_by": "Zhang San",
                    "agreed_with_id": False,
                }
            ],
        )
        said = self.quotation.message_ids.filtered(lambda m: "accepted" in m.body)
        self.assertEqual(said.author_id, self.customer_a)
        self.assertIn("Agreed by", self._open().text)

    def test_second_answer_is_told_that_it_is_too_late(self):
        self._accept(self.token, signature=SIGNATURE.decode())
        answer = self._accept(self.token, signature=SIGNATURE.decode())
        self.assertIn("in state", answer["result"]["error"])

    def test_signing_without_token_signature_or_picture_is_refused(self):
        self.assertIn("error", self._accept("x", signature=SIGNATURE.decode()))
        answer = self._accept(self.token)
        self.assertIn("let the customer sign", answer["result"]["error"])
        answer = self._accept(self.token, signature="no picture")
        self.assertTrue(answer["result"]["error"])
        self.quotation.invalidate_recordset()
        self.assertEqual(self.quotation.state, "sent")

    def _refuse(self, **data):
        page = self._open()
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(f"{self.url}/refuse", {"csrf_token": csrf, **data})

    def test_customer_refuses_with_a_reason(self):
        response = self._refuse(access_token=self.token, reason="Too dear")
        self.assertIn("Thank you for your answer", response.text)
        self.quotation.invalidate_recordset()
        self.assertRecordValues(
            self.quotation, [{"state": "refused", "close_reason": "Too dear"}]
        )

    def test_refusal_needs_reason_and_token(self):
        response = self._refuse(access_token=self.token, reason=" ")
        self.assertIn("tell us why", response.text)
        response = self._refuse(access_token="x", reason="Too dear")
        self.assertEqual(response.status_code, 404)
        self.quotation.invalidate_recordset()
        self.assertEqual(self.quotation.state, "sent")

    def test_paper_opens_by_the_token(self):
        response = self._open(report_type="pdf")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self._open(token="x", report_type="pdf").status_code, 404)
