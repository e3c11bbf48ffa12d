from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

DEAD = ("refused", "cancelled")
OPEN = ("submitted", "confirmed", "ready")


class AftersalesStockingPlan(models.Model):
    """The parts order that an approved plan becomes."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.stocking.plan"

    order_ids = fields.One2many(
        "aftersales.parts.order", "stocking_plan_id", string="Orders"
    )
    live_order_id = fields.Many2one(
        "aftersales.parts.order", string="Order", compute="_compute_live_order_id"
    )

    @api.depends("order_ids.state")
    def _compute_live_order_id(self):
        for plan in self:
            live = plan.order_ids.filtered(lambda order: order.state not in DEAD)
            plan.live_order_id = live[:1]

    def _get_on_order(self):
        """Adds what is ordered and not shipped."""
        found = super()._get_on_order()
        lines = self.env["aftersales.parts.order.line"].search(
            [
                ("order_id.dealer_id", "in", self.dealer_id.ids),
                ("order_id.state", "in", OPEN),
            ]
        )
        for line in lines:
            left = max(line.quantity - line.delivered_quantity, 0.0)
            found[line.order_id.dealer_id, line.product_id] += left
        return found

    def action_order(self):
        """Make the parts order of the approved quantities and open it.

        :raises UserError: it is ordered already, or nothing was approved
        """
        self.ensure_one()
        self._ensure_can("order")
        self._transition("order")
        self.invalidate_recordset(["order_ids"])
        if self.live_order_id:
            raise UserError(
                self.env._(
                    "%(plan)s is ordered already with %(order)s.",
                    plan=self.name,
                    order=self.live_order_id.display_name,
                )
            )
        order = self.env["aftersales.parts.order"].create(self._prepare_order_vals())
        # sudo: whose plan an order carries out is not entered by hand
        order.sudo().stocking_plan_id = self
        self._end_tasks()
        return self.action_open_order()

    def _prepare_order_vals(self):
        """Values of the parts order; extension point.

        :raises UserError: nothing was approved
        """
        self.ensure_one()
        lines = self.line_ids.filtered("approved_quantity")
        if not lines:
            raise UserError(
                self.env._(
                    "%(plan)s: nothing was approved, so there is nothing to order.",
                    plan=self.name,
                )
            )
        return {
            "dealer_id": self.dealer_id.id,
            "origin": self.name,
            "requested_date": self.date_start,
            "line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "quantity": line.approved_quantity,
                    }
                )
                for line in lines
            ],
        }

    def action_open_order(self):
        self.ensure_one()
        order = self.live_order_id or self.order_ids[:1]
        return {
            "type": "ir.actions.act_window",
            "name": order.display_name,
            "res_model": "aftersales.parts.order",
            "res_id": order.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _is_order_waiting(self):
        """Whether the order waits for the dealer: not sent, or not paid yet."""
        self.ensure_one()
        order = self.live_order_id
        unpaid = order.state == "confirmed" and order.payment_mode == "prepaid"
        return order.state == "draft" or unpaid
