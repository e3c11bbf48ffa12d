from base64 import b64decode
from datetime import timedelta

from odoo import http
from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged

from ..models import helpdesk_ticket_request
from .common import SIGNATURE, ServiceCommon

URL = "/aftersales/request"


@tagged("post_install", "-at_install")
class TestRequestPage(HttpCase, ServiceCommon):
    """Somebody without a login asks for service on the web site."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.aftersales_request_limit = 5
        cls.photo = b64decode(SIGNATURE)

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.before = self.env["helpdesk.ticket"].search([])

    def _send(self, photos=(), token=None, **vals):
        data = {
            "csrf_token": http.Request.csrf_token(self) if token is None else token,
            "name": "Li Si",
            "phone": "139 0000 0008",
            "description": "It does not start",
            **vals,
        }
        files = [("photos", (name, content)) for name, content in photos]
        return self.url_open(URL, data=data, files=files or None)

    def _get_new(self):
        return self.env["helpdesk.ticket"].search([]) - self.before

    def assert_refused(self, response, status, sentence):
        self.assertEqual(response.status_code, status)
        self.assertIn(sentence, response.text)
        self.assertFalse(self._get_new())

    def test_request_is_a_case_of_the_machine_and_its_dealer(self):
        response = self._send(
            serial="sn-0001", model="H1", photos=[("a/../b.png", self.photo)]
        )
        case = self._get_new()
        self.assertEqual(response.status_code, 200)
        self.assertIn(case.number, response.text)
        self.assertRecordValues(
            case,
            [
                {
                    "lot_id": self.lot.id,
                    "dealer_id": self.dealer_a.id,
                    "partner_name": "Li Si",
                    "partner_phone": "139 0000 0008",
                    "channel_id": self.env.ref(
                        "helpdesk_mgmt.helpdesk_ticket_channel_web"
                    ).id,
                    "user_id": False,
                    "verdict": "covered",
                }
            ],
        )
        self.assertNotEqual(case.partner_id, self.customer_a)
        self.assertIn("It does not start", case.description)
        self.assertIn("Model: H1", case.description)
        photo = self.env["ir.attachment"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", case.id)]
        )
        self.assertRecordValues(
            photo, [{"name": "photo-1.png", "raw": self.photo, "public": False}]
        )

    def test_answer_tells_nothing_about_machine_or_owner(self):
        pages = {}
        for serial in ("SN-0001", "SN-UNKNOWN"):
            response = self._send(serial=serial, phone=self.customer_a.phone)
            case = self._get_new() - self.env["helpdesk.ticket"].browse(
                [page.id for page in pages]
            )
            text = response.text.replace(case.number, "NUMBER")
            # the rest of the page carries tokens of the session
            pages[case] = text.split("o_aftersales_request")[1].split("</main>")[0]
            self.assertIn("NUMBER", pages[case])
            for secret in (self.machine.name, self.customer_a.name, "SN-"):
                self.assertNotIn(secret, response.text)
        known, unknown = pages
        self.assertTrue(known.lot_id)
        self.assertFalse(unknown.lot_id)
        self.assertIn("SN-UNKNOWN", unknown.description)
        self.assertEqual(pages[known], pages[unknown])

    def test_number_is_told_to_him_who_asked_alone(self):
        self._send()
        number = self._get_new().number
        self.assertIn(number, self.url_open(f"{URL}/received").text)
        self.authenticate(None, None)
        other = self.url_open(f"{URL}/received")
        self.assertNotIn(number, other.text)
        self.assertIn('name="description"', other.text)

    def test_what_is_missing_is_said_and_what_was_typed_stays(self):
        for vals, sentence in (
            ({"name": " "}, "Tell us your name"),
            ({"phone": ""}, "telephone number to call you back"),
            ({"phone": "call me"}, "telephone number to call you back"),
            ({"phone": "12345"}, "telephone number to call you back"),
            ({"description": ""}, "Tell us what is wrong"),
        ):
            with self.subTest(vals=vals):
                response = self._send(**{"model": "Model 7", **vals})
                self.assert_refused(response, 422, sentence)
                self.assertIn("Model 7", response.text)

    def test_script_in_the_text_is_text(self):
        response = self._send(phone="no", description="<script>alert(1)</script>")
        self.assertNotIn("<script>alert(1)", response.text)
        self._send(description="<script>alert(1)</script>")
        self.assertNotIn("<script", self._get_new().description)

    def test_trap_for_robots_takes_nothing_down(self):
        response = self._send(homepage="https://spam.example")
        self.assert_refused(response, 422, "Leave the last field empty")

    def test_form_without_its_token_is_refused(self):
        response = self._send(token="forged")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._get_new())

    def test_what_is_no_photo_is_refused(self):
        response = self._send(photos=[("a.png", b"<svg onload='x'/>")])
        self.assert_refused(response, 422, "Only photos can be sent")

    def test_too_many_or_too_large_photos_are_refused(self):
        many = [(f"{number}.png", self.photo) for number in range(6)]
        self.assert_refused(self._send(photos=many), 422, "at most 5 photos")
        large = self.photo + b"0" * helpdesk_ticket_request.MAX_PHOTO_BYTES
        response = self._send(photos=[("a.png", large)])
        self.assert_refused(response, 422, "larger than 5 MB")

    def test_sixth_request_within_an_hour_is_refused(self):
        for _number in range(5):
            self._send()
        sent = self._get_new()
        self.assertEqual(len(sent), 5)
        response = self._send()
        self.assertEqual(response.status_code, 429)
        self.assertIn("please call us", response.text)
        self.assertEqual(self._get_new(), sent)
        sent[0].sudo().reported_at = Datetime.now() - timedelta(hours=2)
        self.assertEqual(self._send().status_code, 200)
        self.assertEqual(len(self._get_new()), 6)

    def test_address_is_kept_as_a_hash_for_the_system_alone(self):
        self._send()
        origin = self._get_new().request_origin
        self.assertEqual(len(origin), 64)
        agent = self._get_new().with_user(self.user_manager)
        self.assertNotIn("request_origin", agent.fields_get())

    def test_closed_form_is_not_there(self):
        self.company.aftersales_request_limit = 0
        self.assertEqual(self.url_open(URL).status_code, 404)
        self.assertEqual(self._send().status_code, 404)
        self.assertFalse(self._get_new())

    def test_card_page_leads_to_the_form_with_the_serial_number(self):
        page = self.url_open(f"/warranty/{self.card.sudo().access_token}").text
        self.assertIn("/aftersales/request?serial=SN-0001", page)
        form = self.url_open(f"{URL}?serial=SN-0001").text
        self.assertIn('value="SN-0001"', form)

    def test_form_speaks_chinese(self):
        page = self.env.ref("aftersales_service.request_page")
        self.assertIn("报修", page.with_context(lang="zh_CN").arch_db)
