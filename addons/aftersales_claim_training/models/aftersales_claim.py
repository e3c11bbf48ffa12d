from odoo import api, fields, models


class AftersalesClaim(models.Model):
    """One more fact that rules may ask for: the technician's qualification."""

    _inherit = "aftersales.claim"

    is_uncertified = fields.Boolean(
        string="Technician Not Qualified",
        compute="_compute_is_uncertified",
        compute_sudo=True,
        help="On the day of the repair the technician lacked a certificate that work "
        "on this machine requires. One withdrawn or expired later counts as held.",
    )

    @api.depends(
        "repair_id.staff_id", "repair_id.labour_ids", "repair_date", "product_id"
    )
    def _compute_is_uncertified(self):
        for claim in self:
            staff = claim.repair_id.staff_id
            missing = staff._get_missing_scopes(
                claim.product_id,
                claim.repair_date,
                work=claim.repair_id.labour_ids.operation_id,
            )
            claim.is_uncertified = any(missing.values())
