from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ComplaintCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestComplaintViews(ComplaintCommon):
    """The screens as the lowest role uses them."""

    def test_support_takes_a_complaint_down(self):
        repair = self._close_repair()
        complaints = self.env["aftersales.complaint"].with_user(self.user_support)
        form = Form(complaints)
        form.summary = "Came too late"
        form.class_id = self.env.ref("aftersales_complaint.class_timeliness")
        form.ticket_id = repair.ticket_id.with_user(self.user_support)
        self.assertEqual(form.partner_id, self.customer_a)
        self.assertEqual(form.dealer_id, self.dealer_a)
        self.assertEqual(form.partner_phone, "13900000001")
        complaint = form.save()
        self.assertRecordValues(
            complaint,
            [
                {
                    "repair_id": repair.id,
                    "staff_ids": self.technician_a.ids,
                    "user_id": self.user_support.id,
                    "lot_id": self.lot.id,
                }
            ],
        )

    def test_dealer_writes_his_statement_on_the_form(self):
        complaint = self._create_complaint().with_user(self.user_manager_a)
        with Form(complaint) as form:
            form.dealer_statement = "We see it otherwise"
            with self.assertRaisesRegex(AssertionError, "readonly field"):
                form.summary = "Nothing"
        self.assertEqual(complaint.dealer_statement, "We see it otherwise")

    def test_every_screen_opens_for_every_role(self):
        kinds = ("list", "kanban", "form", "search", "pivot", "graph", "calendar")
        for user in (self.user_agent_a, self.user_support, self.user_quality):
            views = [(False, kind) for kind in kinds]
            complaints = self.env["aftersales.complaint"].with_user(user)
            self.assertEqual(set(complaints.get_views(views)["views"]), set(kinds))
        pareto = self.env["aftersales.complaint.pareto"].with_user(self.user_quality)
        kinds = ("list", "graph", "search")
        views = [(False, kind) for kind in kinds]
        self.assertEqual(set(pareto.get_views(views)["views"]), set(kinds))
