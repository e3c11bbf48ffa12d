from odoo import api, fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    parts_order_id = fields.Many2one(
        "aftersales.parts.order",
        string="Dealer Order",
        compute="_compute_parts_order_id",
        compute_sudo=True,
    )
    parts_order_unpaid = fields.Boolean(
        compute="_compute_parts_order_id", compute_sudo=True
    )

    @api.depends(
        "sale_id.parts_order_ids.state", "sale_id.parts_order_ids.payment_mode"
    )
    def _compute_parts_order_id(self):
        for picking in self:
            order = picking.sale_id.parts_order_ids[:1]
            picking.parts_order_id = order
            picking.parts_order_unpaid = (
                order.state == "confirmed" and order.payment_mode == "prepaid"
            )

    def action_cancel(self):
        # sudo: the order decides, whoever cancels the transfer
        pickings = self.sudo().filtered(lambda p: p.state not in ("done", "cancel"))
        orders = pickings.sale_id.parts_order_ids.filtered(
            lambda order: order.state in ("confirmed", "ready")
        )
        if not self.env.context.get("parts_order_leads"):
            orders._ensure_something_shipped()
        res = super().action_cancel()
        orders._follow_deliveries()
        return res

    def action_open_parts_order(self):
        self.ensure_one()
        return self.parts_order_id.get_formview_action()
