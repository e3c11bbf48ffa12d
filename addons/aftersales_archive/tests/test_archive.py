from odoo.fields import Domain
from odoo.tests import tagged

from .common import ArchiveCommon


@tagged("post_install", "-at_install")
class TestArchive(ArchiveCommon):
    """One page per customer and per machine."""

    def _get_kinds(self, record, user):
        events = record.with_user(user).archive_event_ids
        return sorted(events.mapped("kind"))

    def test_machine_history_holds_each_fact_once(self):
        """The sale, the case and its end, the repair with its part, the answer."""
        self.assertEqual(
            self._get_kinds(self.lot, self.user_agent_a),
            ["case", "complaint", "followup", "part", "repair", "sale", "solved"],
        )

    def test_customer_history_equals_that_of_his_machine(self):
        self.assertEqual(
            self._get_kinds(self.customer, self.user_agent_a),
            self._get_kinds(self.lot, self.user_agent_a),
        )

    def test_history_is_newest_first(self):
        dates = self.lot.with_user(self.user_agent_a).archive_event_ids.mapped("date")
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_details_tell_what_the_documents_say(self):
        events = self.lot.with_user(self.user_agent_a).archive_event_ids
        details = dict(zip(events.mapped("kind"), events.mapped("detail"), strict=True))
        self.assertEqual(details["part"], "1 × Pump")
        self.assertEqual(details["followup"], "4")
        self.assertEqual(details["complaint"], "He came two hours late")
        self.assertIn(self.case.case_type_id.name, details["case"])

    def test_an_event_opens_its_document(self):
        events = self.lot.with_user(self.user_agent_a).archive_event_ids
        for kind, document in (
            ("case", self.case),
            ("repair", self.repair),
            ("part", self.repair),
            ("followup", self.followup),
            ("complaint", self.complaint),
        ):
            with self.subTest(kind=kind):
                event = events.filtered(lambda e, kind=kind: e.kind == kind)
                action = event.action_open_document()
                self.assertEqual(action["res_model"], document._name)
                self.assertEqual(action["res_id"], document.id)

    def test_counts_and_score(self):
        for record in (self.lot, self.customer):
            record = record.with_user(self.user_agent_a)
            with self.subTest(record=record._name):
                self.assertEqual(record.archive_case_count, 1)
                self.assertEqual(record.archive_repair_count, 1)
                self.assertEqual(record.archive_score, 4.0)
        customer = self.customer.with_user(self.user_agent_a)
        self.assertEqual(customer.archive_machine_count, 1)
        self.assertEqual(customer.archive_last_contact, self.case.reported_at)

    def test_buttons_show_what_they_count(self):
        customer = self.customer.with_user(self.user_agent_a)
        for button, model, expected in (
            ("cases", "helpdesk.ticket", self.case),
            ("repairs", "repair.order", self.repair),
            ("followups", "aftersales.followup", self.followup),
            ("machines", "stock.lot", self.lot),
        ):
            with self.subTest(button=button):
                action = getattr(customer, f"action_open_archive_{button}")()
                self.assertEqual(action["res_model"], model)
                found = self.env[model].search(Domain(action["domain"]))
                self.assertEqual(found.ids, expected.ids)

    def test_documents_of_all_papers_are_gathered(self):
        papers = self.env["ir.attachment"].create(
            [
                {"name": name, "raw": b"x", "res_model": doc._name, "res_id": doc.id}
                for name, doc in (("invoice", self.lot.card_id), ("photo", self.repair))
            ]
        )
        customer = self.customer.with_user(self.user_agent_a)
        self.assertEqual(customer.archive_document_count, 2)
        action = customer.action_open_archive_documents()
        found = self.env["ir.attachment"].search(action["domain"])
        self.assertEqual(found, papers.sorted(reverse=True))

    def test_list_of_customers_asks_a_fixed_number_of_queries(self):
        names = ("archive_case_count", "archive_repair_count", "archive_machine_count")
        others = self.env["res.partner"].create(
            [{"name": f"Customer {i}", "dealer_id": self.dealer_a.id} for i in range(9)]
        )

        def count(partners):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners.with_user(self.user_agent_a).read([*names, "archive_score"])
            return self.env.cr.sql_log_count - before

        count(self.customer)
        self.assertEqual(count(self.customer), count(self.customer | others))

    def test_papers_print(self):
        reports = self.env["ir.actions.report"].with_user(self.user_agent_a)
        for name, record in (("customer", self.customer), ("machine", self.lot)):
            html, _type = reports._render_qweb_html(
                f"aftersales_archive.archive_report_{name}", record.ids
            )
            with self.subTest(paper=name):
                self.assertIn("1 × Pump", html.decode())
                self.assertIn(self.repair.name, html.decode())
