from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimOldPart(ClaimCommon):
    """The inspection of the old parts decides on the positions that asked for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.class_main.return_old_part = True

    def _inspect(self, pieces, responsibility, disposition="scrap"):
        pieces = pieces.with_user(self.user_inspector)
        pieces.filtered(lambda p: p.state != "inspected").action_receive()
        pieces._inspect(
            {
                "finding": "Looked at",
                "cause": "manufacturing",
                "responsibility": responsibility,
                "disposition": disposition,
            }
        )

    def _create_waiting(self, **kwargs):
        claim = self._submit(self._create_claim(**kwargs))
        self.assertEqual(claim.state, "in_review")
        self.assertTrue(claim.is_waiting_old_part)
        return claim

    def test_claim_waits_for_its_old_part_and_is_then_paid(self):
        claim = self._create_waiting()
        waiting = self.env["aftersales.claim"].search(
            [("is_waiting_old_part", "=", True)]
        )
        self.assertEqual(waiting, claim)
        self._inspect(claim.sudo().repair_id.old_part_ids, "supplier")
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 460.0)
        self.assertFalse(claim.is_waiting_old_part)
        self.assertFalse(
            self.env["aftersales.claim"].search([("is_waiting_old_part", "=", True)])
        )

    def test_dealers_fault_rejects_the_position_only(self):
        claim = self._create_waiting()
        self._inspect(claim.sudo().repair_id.old_part_ids, "dealer")
        self.assertEqual(claim.state, "approved")
        part = claim.line_ids.filtered(lambda line: line.kind == "part")
        self.assertEqual(part.approved, 0.0)
        self.assertEqual(part.reason_ids.mapped("code"), ["OLD-PART-REFUSED"])
        self.assertEqual(claim.approved, 260.0)
        decision = part.sudo().decision_ids.filtered("is_current")
        self.assertEqual(decision.amount, 200.0)
        self.assertEqual(decision.rule_id.name, "Old part refused by the inspection")

    def test_pieces_refused_are_cut_piece_by_piece(self):
        claim = self._create_waiting(parts={self.pump: 3})
        pieces = claim.sudo().repair_id.old_part_ids
        self.assertEqual(len(pieces), 3)
        self._inspect(pieces[:2], "company")
        self.assertEqual(claim.state, "in_review")
        self._inspect(pieces[2], "customer")
        part = claim.line_ids.filtered(lambda line: line.kind == "part")
        self.assertRecordValues(
            part, [{"claimed": 600.0, "approved": 400.0, "cut": 200.0}]
        )
        self.assertEqual(claim.state, "approved")

    def test_disputed_finding_keeps_the_claim_waiting(self):
        claim = self._create_waiting()
        pieces = claim.sudo().repair_id.old_part_ids
        self._inspect(pieces, "dealer", "disputed")
        self.assertEqual(claim.state, "in_review")
        self.assertTrue(claim.is_waiting_old_part)
        pieces.with_user(self.user_agent_a)._answer("It broke by itself")
        self._inspect(pieces, "company")
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 460.0)

    def test_inspection_before_filing_counts_as_well(self):
        claim = self._create_claim()
        self._inspect(claim.sudo().repair_id.old_part_ids, "company")
        self._submit(claim)
        self.assertEqual(claim.state, "approved")

    def test_other_reason_for_review_stays_after_the_inspection(self):
        claim = self._create_claim()
        claim.claim_type_id = self.env.ref(
            "aftersales_claim.aftersales_claim_type_goodwill"
        )
        self._submit(claim)
        self._inspect(claim.sudo().repair_id.old_part_ids, "company")
        self.assertEqual(claim.state, "in_review")
        self.assertFalse(claim.is_waiting_old_part)

    def test_waiting_claim_cannot_be_approved(self):
        claim = self._create_waiting().with_user(self.user_accountant)
        with self.assertRaisesRegex(UserError, "waits for its old parts"):
            claim.action_approve()
        self.assertEqual(claim.state, "in_review")

    def test_position_taken_off_by_hand_no_longer_waits(self):
        claim = self._create_waiting().with_user(self.user_accountant)
        part = claim.line_ids.filtered(lambda line: line.kind == "part")
        part._adjust(0.0, self.reason, "Part lost in transport")
        self.assertFalse(claim.is_waiting_old_part)
        claim.action_approve()
        self.assertEqual(claim.approved, 260.0)

    def test_late_inspection_renews_a_touched_claim_and_leaves_it_to_the_person(self):
        claim = self._create_waiting().with_user(self.user_accountant)
        part = claim.line_ids.filtered(lambda line: line.kind == "part")
        travel = claim.line_ids.filtered(lambda line: line.kind == "travel")
        part._adjust(100.0, self.reason, "Half for now")
        travel._adjust(30.0, self.reason, "Half the way")
        self._inspect(claim.sudo().repair_id.old_part_ids, "dealer")
        self.assertEqual(claim.state, "in_review")
        self.assertEqual(part.approved, 0.0)
        self.assertEqual(travel.approved, 30.0)
        claim.action_approve()
        self.assertEqual(claim.approved, 230.0)

    def test_inspector_needs_no_right_on_claims(self):
        claim = self._create_waiting()
        self.assertFalse(claim.with_user(self.user_inspector).has_access("write"))
        self._inspect(claim.sudo().repair_id.old_part_ids, "company")
        self.assertEqual(claim.state, "approved")
