from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimReopen(ClaimCommon):
    """A case is not worked on again once its repair was paid."""

    def _get_case(self, claim):
        return claim.repair_id.ticket_id.with_user(self.user_agent_a)

    def test_settled_case_is_not_reopened(self):
        claim = self._create_approved()
        case = self._get_case(claim)
        settlement = self._create_confirmed(claim)
        refusal = self.assertRaisesRegex(
            UserError,
            f"{claim.name}.*paid with settlement {settlement.name}.*a new case",
        )
        with refusal:
            case.action_reopen()
        case.action_close()
        with refusal:
            case.action_reopen()
        progress = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_in_progress")
        with refusal, self.cr.savepoint():
            case.stage_id = progress
        self.assertRecordValues(case, [{"closed": True, "reopen_count": 0}])
        self.assertTrue(case.resolved_at)

    def test_case_with_an_open_claim_is_reopened(self):
        case = self._get_case(self._create_claim())
        case.action_reopen()
        self.assertEqual(case.reopen_count, 1)
