from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class AftersalesPartsOrder(models.Model):
    """Sales order, invoices and payments of an order: core's, made from it.

    Everything here runs under sudo, called by steps that checked their right.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.order"

    invoice_count = fields.Integer(compute="_compute_payment")
    amount_invoiced = fields.Monetary(
        string="Invoiced",
        compute="_compute_payment",
        help="Posted invoices less credit notes, tax included.",
    )
    amount_paid = fields.Monetary(
        string="Paid",
        compute="_compute_payment",
        help="What was paid or offset on the order's invoices.",
    )
    amount_due = fields.Monetary(string="Open", compute="_compute_payment")
    payment_state = fields.Selection(
        [
            ("none", "Not Invoiced"),
            ("open", "To Pay"),
            ("partial", "Partly Paid"),
            ("paid", "Paid"),
        ],
        string="Payment",
        compute="_compute_payment",
    )

    @api.depends("sale_order_id.invoice_ids.amount_residual", "state")
    def _compute_payment(self):
        # sudo: the books are closed to dealers; what is open is told
        for order, own in zip(self, self.sudo(), strict=True):
            moves = own._get_moves()
            order.invoice_count = len(moves)
            order.amount_invoiced = own._sum_moves(moves, "amount_total")
            order.amount_due = own._sum_moves(moves, "amount_residual")
            order.amount_paid = order.currency_id.round(
                order.amount_invoiced - order.amount_due
            )
            order.payment_state = own._get_payment_state(moves, order.amount_due)

    def _get_payment_state(self, moves, due):
        self.ensure_one()
        if not moves:
            return "none"
        if self.currency_id.compare_amounts(due, 0.0) <= 0:
            return "paid"
        total = self._sum_moves(moves, "amount_total")
        return "partial" if self.currency_id.compare_amounts(due, total) else "open"

    def _get_moves(self):
        """The posted invoices and credit notes of the order."""
        self.ensure_one()
        moves = self.sale_order_id.invoice_ids
        moves |= moves.reversal_move_ids
        return moves.filtered(lambda move: move.state == "posted")

    def _sum_moves(self, moves, name):
        """Invoices less credit notes, to the cent."""
        self.ensure_one()
        amount = sum(
            move[name] if move.move_type == "out_invoice" else -move[name]
            for move in moves
        )
        return self.currency_id.round(amount)

    def _get_uninvoiced_amount(self):
        """What is still to come and not invoiced, tax included, in company currency."""
        self.ensure_one()
        open_quantities = {
            line: max(line.delivered_quantity + line.open_quantity, 0.0)
            - line.invoiced_quantity
            for line in self.line_ids
        }
        wanted = {line: qty for line, qty in open_quantities.items() if qty > 0}
        if not wanted:
            return 0.0
        totals = self._get_tax_totals(wanted)
        return self._to_company_currency(totals["total_amount_currency"])

    # SALES ORDER

    def _create_sale_order(self):
        """:raises UserError: core would charge something else than was agreed"""
        self.ensure_one()
        sale = self.env["sale.order"].create(self._prepare_sale_order_vals())
        self.sale_order_id = sale
        for line, sale_line in zip(self.line_ids, sale.order_line, strict=True):
            line.sale_line_id = sale_line
        if self.currency_id.compare_amounts(sale.amount_total, self.amount_total):
            raise UserError(
                self.env._(
                    "%(order)s: the total was %(agreed).2f and would be %(new).2f now. "
                    "Taxes have changed: send the order back, so that it is handed in "
                    "anew.",
                    order=self.name,
                    agreed=self.amount_total,
                    new=sale.amount_total,
                )
            )
        sale.action_confirm()
        sale.action_lock()

    def _prepare_sale_order_vals(self):
        self.ensure_one()
        dealer = self.dealer_id
        vals = {
            "partner_id": dealer.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": dealer.sales_rep_id.id or self.env.uid,
            "pricelist_id": dealer._get_parts_pricelist().id,
            "currency_id": self.currency_id.id,
            "origin": self.name,
            "client_order_ref": self.name,
            "commitment_date": self.requested_date,
            "order_line": [
                Command.create(line._prepare_sale_line_vals()) for line in self.line_ids
            ],
        }
        if self.payment_mode == "prepaid":
            vals["payment_term_id"] = False
        return vals

    def _cancel_sale_order(self):
        """Take the delivery back and credit what is invoiced."""
        self.ensure_one()
        order = self.with_context(parts_order_leads=True)
        order.sale_order_id._action_cancel()
        order._credit_undelivered()

    # INVOICES

    def _get_ordered_quantities(self):
        return {line: line.quantity for line in self.line_ids}

    def _get_delivered_to_invoice(self):
        """What left and is not invoiced, by line."""
        return {
            line: line.delivered_quantity - line.invoiced_quantity
            for line in self.line_ids
            if line.uom_id.compare(line.delivered_quantity, line.invoiced_quantity) > 0
        }

    def _create_invoice(self, quantities):
        """Post the invoice of these quantities.

        :param dict quantities: line to quantity
        """
        self.ensure_one()
        if quantities:
            vals = self._prepare_move_vals("out_invoice", quantities)
            self.env["account.move"].create(vals).action_post()

    def _credit_undelivered(self):
        """Credit what is invoiced and will not come.

        The credit note settles what is open of the invoice; what was paid is the
        dealer's money again.
        """
        self.ensure_one()
        quantities = {
            line: line.invoiced_quantity - line.delivered_quantity
            for line in self.line_ids
            if line.uom_id.compare(line.invoiced_quantity, line.delivered_quantity) > 0
        }
        if quantities:
            vals = self._prepare_move_vals("out_refund", quantities)
            invoices = self._get_moves().filtered(
                lambda move: move.move_type == "out_invoice"
            )
            vals["reversed_entry_id"] = invoices[:1].id
            self.env["account.move"].create(vals).action_post()

    def _prepare_move_vals(self, move_type, quantities):
        self.ensure_one()
        today = fields.Date.context_today(self)
        vals = {
            **self.sale_order_id._prepare_invoice(),
            "move_type": move_type,
            "invoice_date": today,
            "invoice_line_ids": [
                Command.create(line.sale_line_id._prepare_invoice_line(quantity=qty))
                for line, qty in quantities.items()
            ],
        }
        if self.payment_mode == "prepaid":
            vals["invoice_date_due"] = today
        return vals

    # PAYMENT

    def _is_paid(self):
        """Whether the whole of a prepaid order is paid."""
        self.ensure_one()
        return self._is_covered(self._get_ordered_quantities())

    def _is_covered(self, quantities):
        """Whether the money is there for these quantities in all.

        What was credited is not covered, though its money may still lie with us: it is
        the dealer's again. When all that is invoiced is settled, a discount credited
        afterwards needs no payment.

        :param dict quantities: line to quantity, delivered pieces included
        """
        self.ensure_one()
        if not all(
            line.uom_id.compare(quantity, line.invoiced_quantity) <= 0
            for line, quantity in quantities.items()
        ):
            return False
        moves = self._get_moves()
        due = self._sum_moves(moves, "amount_residual")
        paid = self._sum_moves(moves, "amount_total") - due
        wanted = self._get_tax_totals(quantities)["total_amount_currency"]
        compare = self.currency_id.compare_amounts
        return compare(paid, wanted) >= 0 or compare(due, 0.0) <= 0

    def _update_paid(self):
        """Release what is paid, hold what is not paid any more."""
        for order in self.filtered(lambda order: order.payment_mode == "prepaid"):
            if order.state == "confirmed" and order._is_paid():
                order._transition("release")
                order._notify_dealer(self.env._("Paid: the parts can be shipped."))
            elif order.state == "ready" and not order._is_paid():
                order._transition("hold")
