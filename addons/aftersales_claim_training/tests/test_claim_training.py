from odoo.tests import tagged

from odoo.addons.aftersales_claim.tests.common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimTraining(ClaimCommon):
    """Time stands at 2026-06-15; repairs are of that day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scope = cls.env["aftersales.certificate.scope"].create(
            {"name": "Harvester repair", "code": "HR", "requirement": "required"}
        )
        cls.rule = cls.env.ref(
            "aftersales_claim_training.aftersales_claim_rule_uncertified"
        )

    def _certify(self, staff, valid_from, valid_to):
        return self.env["aftersales.certificate"].create(
            {
                "partner_id": staff.partner_id.id,
                "scope_id": self.scope.id,
                "valid_from": valid_from,
                "valid_to": valid_to,
            }
        )

    def test_unqualified_repair_is_looked_at(self):
        claim = self._create_claim()
        self.assertTrue(claim.is_uncertified)
        self._submit(claim)
        self.assertEqual(claim.state, "in_review")
        self.assertIn(self.rule, claim.sudo().decision_ids.rule_id)

    def test_certificate_of_the_repair_day_counts_though_expired_today(self):
        staff = self.technician_a
        certificate = self._certify(staff, "2026-06-15", "2026-06-15")
        claim = self._create_claim()
        self.assertEqual(claim.sudo().repair_id.staff_id, staff)
        self.assertFalse(claim.is_uncertified)
        self._submit(claim)
        self.assertNotIn(self.rule, claim.sudo().decision_ids.rule_id)
        self.assertEqual(claim.state, "approved")
        certificate.with_user(self.user_coordinator)._withdraw("Fraud")
        claim.invalidate_recordset()
        self.assertTrue(claim.is_uncertified, "withdrawn on the very day")

    def test_expired_the_day_before_does_not_count(self):
        self._certify(self.technician_a, "2026-01-01", "2026-06-14")
        self.assertTrue(self._create_claim().is_uncertified)

    def test_qualification_for_operations_is_asked_for_those_alone(self):
        if "operation_ids" not in self.scope._fields:
            self.skipTest("operations of qualifications come with service training")
        self.scope.operation_ids = self.env["aftersales.operation"].create(
            {"name": "Gearbox", "code": "GEARX", "hours": 3}
        )
        claim = self._create_claim()
        done = claim.sudo().repair_id.labour_ids.operation_id
        self.assertTrue(done)
        self.assertFalse(claim.is_uncertified)
        self.scope.operation_ids |= done
        claim.invalidate_recordset()
        self.assertTrue(claim.is_uncertified)

    def test_preferred_qualification_is_no_condition(self):
        self.scope.requirement = "preferred"
        self.assertFalse(self._create_claim().is_uncertified)
