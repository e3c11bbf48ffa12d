from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    parts_order_ids = fields.One2many(
        "aftersales.parts.order", "sale_order_id", string="Dealer Orders"
    )

    def _action_cancel(self):
        # sudo: sellers may not see dealers' orders; whether there is one decides
        led = self.sudo().parts_order_ids.filtered(lambda o: o.state != "cancelled")
        if led and not self.env.context.get("parts_order_leads"):
            raise UserError(
                self.env._(
                    "%(sale)s was made from dealer order %(order)s. Cancel that one: "
                    "delivery and invoice follow.",
                    sale=led[0].sale_order_id.name,
                    order=led[0].name,
                )
            )
        return super()._action_cancel()
