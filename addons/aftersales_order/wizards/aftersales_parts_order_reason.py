from odoo import fields, models


class AftersalesPartsOrderReason(models.TransientModel):
    """Why an order is refused, or confirmed above the quota."""

    _name = "aftersales.parts.order.reason"
    _description = "Reason for a decision on an order"

    order_ids = fields.Many2many(
        "aftersales.parts.order",
        relation="aftersales_parts_order_reason_rel",
        required=True,
    )
    kind = fields.Selection(
        [("refuse", "Refuse"), ("exceed", "Confirm above Quota")], required=True
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        self.ensure_one()
        if self.kind == "refuse":
            self.order_ids._refuse(self.reason)
        else:
            self.order_ids._confirm_above(self.reason)
        return {"type": "ir.actions.act_window_close"}
