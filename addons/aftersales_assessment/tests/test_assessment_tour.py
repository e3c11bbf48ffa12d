from odoo.tests import HttpCase, tagged

from .common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentTour(HttpCase, AssessmentCommon):
    """What the dealer's agent does in the browser with the customer on the phone."""

    def test_agent_takes_a_case_down_and_assesses_it(self):
        first = self._create_case(partner_name="Farmer Zhang")
        self.start_tour(
            "/odoo/cases?view_type=list",
            "aftersales_assessment_agent",
            login="agent_a",
        )
        case = self.env["helpdesk.ticket"].search(
            [("lot_id", "=", self.lot.id), ("id", "!=", first.id)]
        )
        self.assertRecordValues(
            case,
            [
                {
                    "dealer_id": self.dealer_a.id,
                    "partner_id": self.customer_a.id,
                    "verdict": "covered",
                    "severity": "1",
                }
            ],
        )
        self.assertRecordValues(
            case.assessment_ids,
            [{"state": "assessed", "actor": "dealer", "level": "1"}],
        )
        self.assertEqual(self._get_task(case.assessment_ids).user_id, self.user_agent_a)
