import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestFenceHttp(AftersalesCommon, HttpCase):
    """The same fence, asked over HTTP as the web client and a script would."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls._create_customer(cls.dealer_b, "Foreign customer")
        cls.own = cls._create_customer(cls.dealer_a, "Own customer")
        cls.note = cls.own.with_user(cls.user_support).message_post(
            body="He pays late",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            attachments=[("rating.txt", b"D")],
        )
        cls.comment = cls.own.with_user(cls.user_support).message_post(
            body="We come on Monday",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[("route.txt", b"Exit 12")],
        )

    def setUp(self):
        super().setUp()
        self.authenticate("agent_a", "agent_a")

    def _call(self, model, method, *args, **kwargs):
        """Result of a remote call; a refusal gives the name of its exception."""
        response = self._ask(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )
        if "error" in response:
            return response["error"]["data"]["name"]
        return response["result"]

    @mute_logger("odoo.http", "odoo.sql_db")
    def _ask(self, route, params):
        """The whole answer of a JSON route, an error included."""
        return self.url_open(
            route, json={"jsonrpc": "2.0", "method": "call", "params": params}
        ).json()

    def test_reads_and_writes_of_a_foreign_row_are_refused(self):
        refused = "odoo.exceptions.AccessError"
        ids = self.foreign.ids
        self.assertEqual(self._call("res.partner", "read", ids, ["name"]), refused)
        self.assertEqual(
            self._call("res.partner", "write", ids, {"name": "Mine"}), refused
        )
        self.assertEqual(self._call("res.partner", "unlink", ids), refused)
        found = self._call("res.partner", "name_search", "customer")
        self.assertEqual([name for _id, name in found], ["Own customer"])

    def test_contact_given_with_its_dealer_is_refused(self):
        values = {"name": "Planted", "dealer_id": self.dealer_b.id}
        self.assertEqual(
            self._call("res.partner", "create", [values]),
            "odoo.exceptions.AccessError",
        )
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Planted")]))

    def test_address_made_through_its_company_belongs_to_the_dealer(self):
        ids = self.own.ids
        self._call("res.partner", "write", ids, {"child_ids": [[0, 0, {"name": "S"}]]})
        self.assertEqual(self.own.child_ids.dealer_id, self.dealer_a)
        self.assertEqual(
            self._call(
                "res.partner", "write", ids, {"child_ids": [[4, self.foreign.id]]}
            ),
            "odoo.exceptions.AccessError",
        )
        self.assertFalse(self.foreign.parent_id)

    def test_chatter_shows_the_talk_and_not_the_note(self):
        result = self.make_jsonrpc_request(
            "/mail/thread/messages",
            {"thread_model": "res.partner", "thread_id": self.own.id},
        )
        self.assertIn(self.comment.id, result["messages"])
        self.assertNotIn(self.note.id, result["messages"])
        self.assertNotIn("He pays late", json.dumps(result))
        self.assertNotIn("rating.txt", json.dumps(result))

    def test_chatter_of_the_document_lists_no_hidden_attachment(self):
        result = self.make_jsonrpc_request(
            "/mail/data",
            {
                "fetch_params": [
                    [
                        "mail.thread",
                        {
                            "thread_model": "res.partner",
                            "thread_id": self.own.id,
                            "request_list": [
                                "activities",
                                "attachments",
                                "followers",
                                "scheduledMessages",
                                "suggestedRecipients",
                            ],
                        },
                    ]
                ]
            },
        )
        self.assertIn("route.txt", json.dumps(result))
        self.assertNotIn("rating.txt", json.dumps(result))

    def test_file_of_a_hidden_note_is_not_served(self):
        seen = self.url_open(f"/web/content/{self.comment.attachment_ids.id}")
        hidden = self.url_open(f"/web/content/{self.note.attachment_ids.id}")
        self.assertEqual((seen.status_code, seen.content), (200, b"Exit 12"))
        self.assertEqual(hidden.status_code, 404)

    def test_contact_of_another_dealer_is_not_suggested(self):
        self.own.name = "Customer of ours"
        result = self._call("res.partner", "get_mention_suggestions", search="customer")
        self.assertIn("Customer of ours", json.dumps(result))
        self.assertNotIn("Foreign customer", json.dumps(result))

    def test_contact_of_another_dealer_is_not_found_by_his_address(self):
        self.foreign.email = "foreign@example.com"
        self.own.email = "own@example.com"
        result = self.make_jsonrpc_request(
            "/mail/partner/from_email",
            {
                "thread_model": "res.partner",
                "thread_id": self.own.id,
                "emails": ["foreign@example.com", "own@example.com"],
            },
        )
        self.assertIn("Own customer", json.dumps(result))
        self.assertNotIn("Foreign customer", json.dumps(result))

    def test_channel_of_the_house_answers_nothing(self):
        house = self.env.ref("mail.channel_all_employees")
        house.message_post(body="Margins are up", message_type="comment")
        result = self.make_jsonrpc_request(
            "/mail/data", {"fetch_params": ["channels_as_member", "init_messaging"]}
        )
        self.assertNotIn("Margins", json.dumps(result))
        self.assertEqual(self._call("discuss.channel", "search_read", [], ["name"]), [])

    def test_chat_with_another_dealer_cannot_be_opened(self):
        partner = self.user_agent_b.partner_id
        before = self.env["discuss.channel"].search_count([])
        result = self._ask(
            "/mail/data",
            {
                "fetch_params": [
                    ["/discuss/get_or_create_chat", {"partners_to": partner.ids}]
                ]
            },
        )
        self.assertNotIn("Agent B", json.dumps(result))
        self.assertEqual(self.env["discuss.channel"].search_count([]), before)
