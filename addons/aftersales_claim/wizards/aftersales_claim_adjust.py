from odoo import fields, models


class AftersalesClaimAdjust(models.TransientModel):
    """The accountant sets what one position is paid, and says why."""

    _name = "aftersales.claim.adjust"
    _description = "Adjust a claim position"

    line_id = fields.Many2one("aftersales.claim.line", required=True, readonly=True)
    currency_id = fields.Many2one(related="line_id.currency_id")
    claimed = fields.Monetary(related="line_id.claimed")
    approved = fields.Monetary(
        string="Approved Amount", required=True, help="Before tax."
    )
    reason_id = fields.Many2one("aftersales.claim.reason", required=True)
    note = fields.Text(help="Shown to the dealer with the reason.")

    def action_apply(self):
        for wizard in self:
            wizard.line_id._adjust(wizard.approved, wizard.reason_id, wizard.note)
        return {"type": "ir.actions.act_window_close"}
