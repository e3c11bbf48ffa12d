from odoo import fields, models
from odoo.fields import Domain


class AftersalesClaim(models.Model):
    """A fact for the rules: the dealer owes old parts for too long."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.claim"

    is_old_part_overdue = fields.Boolean(
        string="Old Parts Overdue",
        compute="_compute_is_old_part_overdue",
        compute_sudo=True,
        help="The dealer has old parts that should have been sent back, and the policy "
        "for him is that new claims are sent back until he does.",
    )

    def _compute_is_old_part_overdue(self):
        blocked = self.dealer_id.browse()
        policies = self.env["aftersales.old.part.policy"]._get_for(self.dealer_id)
        for dealer, policy in policies.items():
            if policy.action == "block" and self.env["aftersales.old.part"].search(
                policy._get_overdue_domain() & Domain("dealer_id", "=", dealer.id),
                limit=1,
            ):
                blocked |= dealer
        for claim in self:
            claim.is_old_part_overdue = claim.dealer_id in blocked
