from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestFenceChatter(AftersalesCommon):
    """What of a document's chatter reaches the dealer whose document it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(cls.dealer_a, "Farm of a customer")
        cls.seen = cls.customer.with_user(cls.user_agent_a)
        cls.support = cls.customer.with_user(cls.user_support)

    def _post(self, **values):
        return self.support.message_post(
            **{"body": "Text", "message_type": "comment", **values}
        )

    def test_internal_note_of_the_company_is_hidden(self):
        note = self._post(subtype_xmlid="mail.mt_note")
        self.assertNotIn(note, self.seen.message_ids)
        self.assertFalse(
            self.env["mail.message"]
            .with_user(self.user_agent_a)
            .search([("id", "=", note.id)])
        )
        with self.assertRaises(AccessError):
            note.with_user(self.user_agent_a).read(["body"])

    def test_attachment_of_an_internal_note_is_hidden(self):
        note = self._post(
            subtype_xmlid="mail.mt_note", attachments=[("margin.txt", b"12 %")]
        )
        attachment = note.attachment_ids.with_user(self.user_agent_a)
        self.assertEqual((attachment.sudo().res_id), self.customer.id)
        with self.assertRaises(AccessError):
            attachment.read(["datas"])
        self.assertFalse(attachment.search([("id", "=", attachment.id)]))
        self.assertFalse(
            attachment.search(
                [("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)]
            )
        )

    def test_discussion_and_its_attachment_are_seen(self):
        message = self._post(
            subtype_xmlid="mail.mt_comment", attachments=[("manual.txt", b"Step 1")]
        )
        self.assertIn(message, self.seen.message_ids)
        attachment = message.attachment_ids.with_user(self.user_agent_a)
        self.assertEqual(attachment.raw, b"Step 1")

    def test_note_that_addresses_the_dealers_user_is_seen(self):
        note = self._post(
            subtype_xmlid="mail.mt_note",
            partner_ids=self.user_agent_a.partner_id.ids,
        )
        self.assertIn(note, self.seen.message_ids)

    def test_note_of_a_colleague_at_the_dealer_is_seen(self):
        note = self.customer.with_user(self.user_manager_a).message_post(
            body="Ours", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.assertIn(note, self.seen.message_ids)

    def test_change_of_state_is_seen(self):
        self.flush_tracking()
        self.dealer_a.with_user(self.user_manager)._take_measure("suspend", "Late")
        self.flush_tracking()
        messages = self.dealer_a.with_user(self.user_agent_a).message_ids
        tracked = messages.sudo().tracking_value_ids
        self.assertEqual(tracked.mapped("new_value_char"), ["Suspended"])

    def flush_tracking(self):
        self.env.flush_all()
        self.env.cr.flush()

    def test_activity_of_the_company_is_hidden_and_out_of_reach(self):
        activity = self.support.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_support.id,
            summary="Check his discount",
        )
        self.assertFalse(self.seen.activity_ids)
        foreign = activity.with_user(self.user_agent_a)
        for name, forbidden in (
            ("read", lambda: foreign.read(["summary"])),
            ("write", lambda: foreign.write({"summary": "Mine"})),
            ("unlink", foreign.unlink),
            ("feedback", lambda: foreign.action_feedback(feedback="Done")),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                forbidden()
        self.assertEqual(activity.summary, "Check his discount")

    def test_what_the_company_notes_on_its_activity_is_hidden(self):
        activity = self.support.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_support.id
        )
        activity.action_feedback(feedback="He is late with his payments")
        note = self.support.message_ids[0]
        self.assertIn("late with his", note.body)
        # lists of related records are cached across users of one transaction
        self.env.invalidate_all()
        self.assertNotIn(note, self.seen.message_ids)
        with self.assertRaises(AccessError):
            note.with_user(self.user_agent_a).read(["body"])

    def test_activity_given_to_the_dealer_is_seen_and_done(self):
        activity = self.support.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_agent_a.id,
            summary="Send the slip",
        )
        self.assertIn(activity, self.seen.activity_ids)
        activity.with_user(self.user_agent_a).action_feedback(feedback="Sent")
        self.assertFalse(activity.active)

    def test_follower_of_all_subtypes_is_not_notified_of_internal_notes(self):
        subtypes = self.env.ref("mail.mt_note") | self.env.ref("mail.mt_comment")
        partner = self.user_agent_a.partner_id
        self.customer.message_subscribe(partner.ids, subtypes.ids)
        note = self._post(subtype_xmlid="mail.mt_note")
        comment = self._post(subtype_xmlid="mail.mt_comment")
        self.assertNotIn(partner, note.notified_partner_ids)
        self.assertIn(partner, comment.notified_partner_ids)

    def test_messages_of_the_company_cannot_be_changed_or_deleted(self):
        message = self._post(subtype_xmlid="mail.mt_comment")
        mine = message.with_user(self.user_agent_a)
        with self.assertRaises(AccessError):
            mine.write({"body": "Forged"})
        with self.assertRaises(AccessError):
            mine.unlink()
        self.assertIn("Text", message.body)

    def test_foreign_contact_cannot_be_made_follower_or_recipient(self):
        foreign = self._create_customer(self.dealer_b, "Foreign customer")
        with self.assertRaises(AccessError):
            self.seen.message_subscribe(foreign.ids)
        with self.assertRaises(AccessError):
            self.seen.message_post(body="Hello", partner_ids=foreign.ids)
        self.assertNotIn(foreign, self.customer.message_partner_ids)

    def test_dealers_agent_writes_to_the_company(self):
        message = self.seen.message_post(
            body="When do you come?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.user_support.partner_id.ids,
        )
        self.assertIn(message, self.support.message_ids)
        self.assertIn(self.user_support.partner_id, message.notified_partner_ids)

    def test_dealers_people_are_in_no_channel_of_the_house(self):
        house = self.env.ref("mail.channel_all_employees")
        partners = house.sudo().channel_partner_ids
        self.assertIn(self.user_support.partner_id, partners)
        self.assertNotIn(self.user_agent_a.partner_id, partners)
        with self.assertRaises(AccessError):
            house.with_user(self.user_agent_a).read(["name"])
