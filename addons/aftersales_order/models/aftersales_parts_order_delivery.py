from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesPartsOrder(models.Model):
    """The deliveries of an order, and the notes that come back signed."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.order"

    receipt_ids = fields.One2many(
        "aftersales.parts.receipt", "parts_order_id", string="Delivery Notes"
    )
    receipt_count = fields.Integer(compute="_compute_receipt_count")
    unsigned_count = fields.Integer(
        string="Notes to Sign", compute="_compute_receipt_count"
    )
    delivery_state = fields.Selection(
        [("none", "Nothing"), ("partial", "In Part"), ("full", "All")],
        string="Shipped",
        compute="_compute_delivery_state",
        store=True,
    )
    can_ship = fields.Boolean(compute="_compute_can")

    @api.depends("receipt_ids.is_signature_due")
    def _compute_receipt_count(self):
        for order in self:
            due = order.receipt_ids.filtered("is_signature_due")
            order.receipt_count = len(order.receipt_ids)
            order.unsigned_count = len(due)

    @api.depends("line_ids.quantity", "line_ids.delivered_quantity")
    def _compute_delivery_state(self):
        for order in self:
            lines = order.line_ids
            complete = all(
                line.uom_id.compare(line.delivered_quantity, line.quantity) >= 0
                for line in lines
            )
            some = any(lines.mapped("delivered_quantity"))
            order.delivery_state = (
                "full" if some and complete else "partial" if some else "none"
            )

    def _get_open_moves(self):
        """Movements to the dealer that are still to come."""
        moves = self.sale_order_id.order_line.move_ids
        return moves.filtered(
            lambda move: move._is_leaving() and move.state not in ("done", "cancel")
        )

    def _ensure_may_leave(self, moves):
        """Refuse, before anything moves, goods that are not paid or not ordered.

        :param moves: movements of this order that leave the company now
        :raises UserError: says what is missing
        """
        self.ensure_one()
        self._lock_for_transition()
        if self.state not in ("confirmed", "ready"):
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(order)s is in state “%(state)s”; nothing can be shipped for it.",
                    order=self.name,
                    state=labels[self.state],
                )
            )
        quantities = self._get_quantities_with(moves)
        if self.payment_mode == "prepaid" and not self._is_covered(quantities):
            wanted = self._get_tax_totals(quantities)["total_amount_currency"]
            raise UserError(
                self.env._(
                    "%(order)s is paid before it is shipped: these parts come to "
                    "%(wanted).2f and %(paid).2f are paid. Register the payment of "
                    "the invoice first, or ship less. What was credited is not "
                    "shipped.",
                    order=self.name,
                    wanted=wanted,
                    paid=self.amount_paid,
                )
            )

    def _get_quantities_with(self, moves):
        """What will have been delivered in all, by line.

        :raises UserError: a part that is not on the order, or more than is ordered
        """
        self.ensure_one()
        leaving = defaultdict(float)
        for move in moves:
            leaving[move.product_id] += move._get_leaving_quantity()
        quantities = {}
        for line in self.line_ids:
            quantity = line.delivered_quantity + leaving.pop(line.product_id, 0.0)
            if line.uom_id.compare(quantity, line.quantity) > 0:
                raise UserError(
                    self.env._(
                        "%(order)s: %(ordered)g of %(part)s are ordered and "
                        "%(quantity)g would be shipped. Correct the delivery.",
                        order=self.name,
                        ordered=line.quantity,
                        part=line.product_id.display_name,
                        quantity=quantity,
                    )
                )
            quantities[line] = quantity
        for product, quantity in leaving.items():
            if quantity:
                raise UserError(
                    self.env._(
                        "%(part)s is not on %(order)s. Take it out of the delivery.",
                        part=product.display_name,
                        order=self.name,
                    )
                )
        return quantities

    def _follow_deliveries(self):
        """Draw the consequences of what left, or will not come, for the order."""
        for order in self.filtered(lambda order: order.state in ("confirmed", "ready")):
            moves = order.sale_order_id.order_line.move_ids
            done = moves.filtered(lambda m: m.state == "done" and m._is_leaving())
            if not done:
                continue
            done.picking_id._create_dealer_receipts()
            done.picking_id.receipt_ids.parts_order_id = order
            if order.payment_mode == "credit":
                order._create_invoice(order._get_delivered_to_invoice())
            if not order._get_open_moves():
                order._credit_undelivered()
                order._transition("ship")
                order._complete_if_signed()

    def _complete_if_signed(self):
        """End the orders whose delivery notes have all come back."""
        for order in self:
            if order.state == "shipped" and not order.unsigned_count:
                order._transition("complete")

    # ACTIONS

    def action_open_deliveries(self):
        self.ensure_one()
        pickings = self.sale_order_id.picking_ids
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stock.action_picking_tree_all"
        )
        action = {**action, "domain": [("id", "in", pickings.ids)], "context": {}}
        if len(pickings) == 1:
            form = self.env.ref("stock.view_picking_form").id
            action.update(views=[(form, "form")], res_id=pickings.id)
        return action

    def action_open_invoices(self):
        self.ensure_one()
        # sudo: which entries; whoever opens them needs his own right
        return self.sudo().sale_order_id.action_view_invoice(self.sudo()._get_moves())

    def action_open_receipts(self):
        """The delivery note to sign, or the list of all."""
        self.ensure_one()
        due = self.receipt_ids.filtered("is_signature_due")
        notes = due or self.receipt_ids
        if len(notes) == 1:
            return notes.get_formview_action()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_parts_receipt_action"
            ),
            "domain": [("parts_order_id", "=", self.id)],
            "context": {},
        }
