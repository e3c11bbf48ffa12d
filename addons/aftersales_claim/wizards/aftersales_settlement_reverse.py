from odoo import fields, models


class AftersalesSettlementReverse(models.TransientModel):
    """The after-sales manager takes an offset back, for a reason."""

    _name = "aftersales.settlement.reverse"
    _description = "Reverse an offset"

    settlement_id = fields.Many2one(
        "aftersales.settlement", required=True, readonly=True
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        self.ensure_one()
        self.settlement_id._reverse_offset(self.reason)
        return {"type": "ir.actions.act_window_close"}
