from odoo import fields, models


class AftersalesChargeReason(models.TransientModel):
    """Asks for the reason of a step that needs one."""

    _name = "aftersales.charge.reason"
    _description = "Reason of a step of a quotation or delivery"

    quotation_id = fields.Many2one("aftersales.quotation", ondelete="cascade")
    delivery_id = fields.Many2one("aftersales.delivery", ondelete="cascade")
    step = fields.Selection(
        [
            ("refuse", "The customer does not want it"),
            ("cancel", "Withdraw the quotation"),
            ("credit", "Take the invoice back by a credit note"),
            ("allow", "Deliver although it is not paid"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Take the step; its own checks hold."""
        self.ensure_one()
        record = self.delivery_id if self.step == "allow" else self.quotation_id
        getattr(record, f"action_{self.step}")(self.reason)
        return {"type": "ir.actions.act_window_close"}
