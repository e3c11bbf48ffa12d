from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesQuotation(models.Model):
    """The customer's invoice: ours by an entry, a dealer's by what he reports."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.quotation"

    def action_invoice(self):
        """Post the invoices of the company's own repairs, once ever.

        All or nothing, in one transaction; of two who press at once one is told.

        :raises UserError: a dealer did the repair, it is not finished, nothing is to
            pay, or the invoice would differ from what the customer was told
        """
        for quotation in self:
            quotation._ensure_can_be_invoiced()
        self._transition("invoice")
        moves = self.env["account.move"].create(
            [quotation._prepare_invoice_vals() for quotation in self]
        )
        for quotation, move in zip(self, moves, strict=True):
            quotation._ensure_equal_amounts(move)
        moves.action_post()
        for quotation, move in zip(self, moves, strict=True):
            # sudo: the link to the books is closed to hand-editing
            quotation.sudo().move_id = move
        return self.action_open_invoice() if len(self) == 1 else True

    def _ensure_can_be_invoiced(self):
        self.ensure_one()
        reason = ""
        if self.dealer_id:
            reason = self.env._(
                "%(dealer)s did the repair and bills the customer himself; he records "
                "his invoice here.",
                dealer=self.dealer_id.name,
            )
        elif not self.is_used and self.state == "accepted":
            reason = self.env._("its repair is not finished.")
        elif self.is_used and self.currency_id.is_zero(self.used_total):
            reason = self.env._("nothing of it is to be paid.")
        if reason:
            raise UserError(
                self.env._(
                    "Quotation %(quotation)s cannot be invoiced: %(reason)s",
                    quotation=self.display_name,
                    reason=reason,
                )
            )

    def _prepare_invoice_vals(self):
        """Values of the customer's invoice; extension point."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        lines = self.line_ids.filtered(
            lambda line: not line.covered and line.used_quantity
        )
        return {
            "move_type": "out_invoice",
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "invoice_date": today,
            "fiscal_position_id": self._get_fiscal_position().id,
            "ref": self.display_name,
            "invoice_origin": self.repair_id.name,
            "aftersales_quotation_id": self.id,
            "invoice_line_ids": [
                fields.Command.create(line._prepare_move_line_vals()) for line in lines
            ],
        }

    def _ensure_equal_amounts(self, move):
        """:raises UserError: the books would differ; names both sums"""
        self.ensure_one()
        pairs = (
            (self.used_untaxed, move.amount_untaxed),
            (self.used_tax, move.amount_tax),
            (self.used_total, move.amount_total),
        )
        for told, booked in pairs:
            if self.currency_id.compare_amounts(told, booked):
                raise UserError(
                    self.env._(
                        "%(quotation)s: the invoice comes to %(booked)s where the "
                        "customer was told %(told)s. A tax was probably changed since; "
                        "restore it, invoice, and change it afterwards.",
                        quotation=self.display_name,
                        booked=self._format_amount(booked),
                        told=self._format_amount(told),
                    )
                )

    def action_open_invoice(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer Invoice"),
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    def action_credit(self, reason=None):
        """Take posted invoices back by credit notes; the quotations are cancelled.

        :raises UserError: a quotation has no invoice of ours
        """
        for quotation in self:
            if quotation.state == "invoiced" and not quotation.move_id:
                raise UserError(
                    self.env._(
                        "%(quotation)s was billed by the dealer; he corrects it in his "
                        "own books.",
                        quotation=quotation.display_name,
                    )
                )
        moves = self.move_id
        result = self._step_with_reason("credit", reason)
        if result is True:
            today = fields.Date.context_today(self)
            moves._reverse_moves(
                [
                    {
                        "date": today,
                        "invoice_date": today,
                        "ref": self.env._(
                            "Credit of %(move)s: %(reason)s",
                            move=move.name,
                            reason=reason,
                        ),
                    }
                    for move in moves
                ],
                cancel=True,
            )
        return result

    def action_bill(self):
        """Ask the dealer for the number and amount of his own invoice."""
        self.ensure_one()
        self._ensure_can("bill")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record Dealer's Invoice"),
            "res_model": "aftersales.quotation.bill",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_quotation_id": self.id},
        }

    def _bill(self, ref, date, amount, paid_on=None):
        """Note the invoice of the dealer's own books; nothing is posted here.

        :param amount: what the customer pays, tax included
        :raises UserError: it exceeds what was agreed and used, or the repair is open
        """
        self.ensure_one()
        self._ensure_billable(amount)
        self._transition(
            "bill",
            {
                "dealer_invoice_ref": ref,
                "dealer_invoice_date": date,
                "dealer_invoice_amount": amount,
                "dealer_paid_on": paid_on,
            },
        )

    def _ensure_billable(self, amount):
        self.ensure_one()
        reason = ""
        if not self.dealer_id:
            reason = self.env._("the company did the repair; the accountant invoices.")
        elif not self.is_used and self.state == "accepted":
            reason = self.env._("its repair is not finished.")
        elif self.currency_id.compare_amounts(amount, self.used_total) > 0:
            reason = self.env._(
                "%(amount)s is more than the work that the customer accepted and that "
                "was done, %(used)s.",
                amount=self._format_amount(amount),
                used=self._format_amount(self.used_total),
            )
        elif self.currency_id.compare_amounts(amount, 0.0) <= 0:
            reason = self.env._("the amount must be above zero.")
        if reason:
            raise UserError(
                self.env._(
                    "No invoice can be recorded on quotation %(quotation)s: %(reason)s",
                    quotation=self.display_name,
                    reason=reason,
                )
            )

    def action_paid(self):
        """Note that the customer has paid the dealer today."""
        self.check_access("write")
        for quotation in self:
            if quotation.state != "invoiced" or not quotation.dealer_invoice_ref:
                raise UserError(
                    self.env._(
                        "Quotation %(quotation)s carries no dealer's invoice; record "
                        "it first. Payments of the company's own invoices are "
                        "registered on the invoice.",
                        quotation=quotation.display_name,
                    )
                )
        # sudo: the payment is closed to hand-editing
        self.sudo().dealer_paid_on = fields.Date.context_today(self)
