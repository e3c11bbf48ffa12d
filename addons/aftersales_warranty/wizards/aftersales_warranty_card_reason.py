from odoo import fields, models


class AftersalesWarrantyCardReason(models.TransientModel):
    """Asks for the reason of a step that needs one."""

    _name = "aftersales.warranty.card.reason"
    _description = "Reason for a step on warranty cards"

    card_ids = fields.Many2many("aftersales.warranty.card", required=True)
    step = fields.Selection(
        selection=[
            ("reject", "Send back"),
            ("void", "Void"),
            ("waive_late", "Waive the late slip"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Take the step on all cards, with their own checks."""
        self.ensure_one()
        return self.card_ids._step_with_reason(self.step, self.reason)
