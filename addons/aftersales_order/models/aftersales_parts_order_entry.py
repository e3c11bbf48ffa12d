from odoo import api, fields, models
from odoo.fields import Command


class AftersalesPartsOrder(models.Model):
    """Ways to fill an order without typing it."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.order"

    has_superseded = fields.Boolean(compute="_compute_has_superseded")

    @api.depends("line_ids.product_id", "state")
    def _compute_has_superseded(self):
        for order in self:
            order.has_superseded = order.state == "draft" and any(
                part.current_part_id != part for part in order.line_ids.product_id
            )

    def action_take_new_numbers(self):
        """Replace parts by the numbers that followed them, and add up."""
        today = fields.Date.context_today(self)
        for order in self:
            wanted = {}
            for line in order.line_ids:
                part = line.product_id._get_current_part(today)
                wanted[part] = wanted.get(part, 0.0) + line.quantity
            order.line_ids = [Command.clear(), *order._prepare_line_commands(wanted)]

    @api.model
    def _prepare_line_commands(self, wanted):
        """:param dict wanted: product to quantity"""
        return [
            Command.create({"product_id": part.id, "quantity": quantity})
            for part, quantity in wanted.items()
        ]

    @api.model
    def _create_from_wanted(self, wanted, origin):
        """Draft one order per dealer.

        :param dict wanted: dealer to {product: quantity}
        :param str origin: what the orders are made from
        """
        return self.create(
            [
                {
                    "dealer_id": dealer.id,
                    "origin": origin,
                    "line_ids": self._prepare_line_commands(parts),
                }
                for dealer, parts in wanted.items()
                if parts
            ]
        )

    def _get_open_action(self):
        """Show these orders: the form of one, or the list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_order.aftersales_parts_order_action"
        )
        if len(self) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.id}
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}
