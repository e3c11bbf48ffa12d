from odoo import fields, models


class AftersalesPartsReturnExplain(models.TransientModel):
    """Refuse a return, or reverse its credit: for a reason that stays on record."""

    _name = "aftersales.parts.return.explain"
    _description = "Explain a step of a stock return"

    return_id = fields.Many2one(
        "aftersales.parts.return", required=True, readonly=True, ondelete="cascade"
    )
    step = fields.Selection(
        [("refuse", "Refuse"), ("reverse", "Reverse Credit")],
        required=True,
        readonly=True,
    )
    reason = fields.Text(required=True)

    def action_apply(self):
        self.ensure_one()
        if self.step == "refuse":
            self.return_id._refuse(self.reason)
        else:
            self.return_id._reverse_credit(self.reason)
        return {"type": "ir.actions.act_window_close"}
