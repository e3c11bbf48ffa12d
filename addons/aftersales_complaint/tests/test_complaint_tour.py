from odoo.tests import HttpCase, tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintTour(HttpCase, ComplaintCommon):
    """From the call to the closed complaint, in the browser."""

    def test_bad_score_becomes_a_complaint_that_is_closed(self):
        followup = self._plan_call()
        self.start_tour(
            "/odoo/calls-today",
            "aftersales_complaint_from_call",
            login="aftersales_support",
        )
        complaint = followup.opened_complaint_ids
        self.assertRecordValues(
            complaint, [{"state": "responded", "class_id": self.class_manner.id}]
        )
        complaint.with_user(self.user_support).write(self._prepare_measure_vals())
        self.start_tour(
            f"/odoo/complaints/{complaint.id}",
            "aftersales_complaint_give_out",
            login="aftersales_support",
        )
        self.start_tour(
            f"/odoo/complaints/{complaint.id}",
            "aftersales_complaint_dealer_reports",
            login="manager_a",
        )
        self.assertTrue(complaint.measure_done_on)
        self.start_tour(
            f"/odoo/complaints/{complaint.id}",
            "aftersales_complaint_to_the_end",
            login="aftersales_quality",
        )
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "closed",
                    "check_result": "effective",
                    "checked_by_id": self.user_quality.id,
                }
            ],
        )
        self.assertIn("We have instructed our technician", str(complaint.answer))
