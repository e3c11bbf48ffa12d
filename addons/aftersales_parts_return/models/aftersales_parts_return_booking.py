from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain


class AftersalesPartsReturn(models.Model):
    """How an inspected return reaches the books, and how it is taken back."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.return"

    def action_credit(self):
        """Post one credit note per return and use it up on the oldest open invoices.

        What no open invoice takes up stays the dealer's open credit. A return that
        costs the dealer more than it brings becomes an invoice.

        :raises UserError: not inspected, in another's hands, or the books are locked
        """
        today = fields.Date.context_today(self)
        self._transition("credit", {"credited_on": today})
        # sudo: the accountant's right was checked above; his role has no rights on
        # journals of its own
        papers = self.sudo()
        papers._ensure_period_open()
        for paper in papers:
            move = paper._create_entry()
            direction = paper._get_direction(move)
            paper._ensure_equal_amounts(move)
            move.action_post()
            paper.write(
                {
                    "move_id": move.id,
                    "credit_note_name": move.name,
                    "amount_tax": direction * move.amount_tax,
                    "amount_total": direction * move.amount_total,
                }
            )
            paper._reconcile_oldest_first()
            paper._tell_credit()

    def _create_entry(self):
        """The draft credit note; an invoice where it would come to less than nothing.

        The sign is that of the total with its taxes, which only core's tax engine
        knows.
        """
        self.ensure_one()
        move = self.env["account.move"].create(self._prepare_move_vals(1))
        if self.currency_id.compare_amounts(move.amount_total, 0.0) < 0:
            move.unlink()
            move = self.env["account.move"].create(self._prepare_move_vals(-1))
        return move

    @api.model
    def _get_direction(self, move):
        """1: the dealer gets money by this entry, -1: he owes it."""
        return 1 if move.move_type == "out_refund" else -1

    def _ensure_period_open(self):
        """:raises UserError: a lock date covers today; names it and the way out"""
        today = fields.Date.context_today(self)
        for company, papers in self.grouped("company_id").items():
            journal = papers._get_journal(company)
            locks = company._get_violated_lock_dates(today, True, journal)
            if locks:
                raise UserError(
                    self.env._(
                        "%(papers)s cannot be booked today: the books of %(company)s "
                        "are locked by %(locks)s. Ask the accountant to move the lock "
                        "date, or credit after it.",
                        papers=", ".join(papers.mapped("name")),
                        company=company.name,
                        locks=company._format_lock_dates(locks),
                    )
                )

    def _get_journal(self, company):
        """:raises UserError: the company has no sales journal"""
        journals = self.env["account.journal"]
        domain = [*journals._check_company_domain(company), ("type", "=", "sale")]
        journal = journals.search(domain, limit=1)
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no sales journal. Set up its accounting first.",
                    company=company.name,
                )
            )
        return journal

    def _prepare_move_vals(self, direction):
        """Values of the credit note (1), or of the invoice (-1); extension point."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        lines = [
            vals
            for line in self.line_ids.filtered("accepted")
            for vals in line._prepare_refund_vals()
        ]
        lines += self._prepare_freight_vals()
        for vals in lines:
            vals["price_unit"] *= direction
        return {
            "move_type": "out_refund" if direction > 0 else "out_invoice",
            "partner_id": self.dealer_id.partner_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "journal_id": self._get_journal(self.company_id).id,
            "invoice_date": today,
            "date": today,
            "invoice_payment_term_id": False,
            "ref": self.name,
            "invoice_origin": self.name,
            "parts_return_id": self.id,
            "invoice_line_ids": [Command.create(vals) for vals in lines],
        }

    def _prepare_freight_vals(self):
        """The freight as the carrier charged it, tax included."""
        if not self.amount_freight:
            return []
        product = self.env.ref("aftersales_parts_return.product_product_return_freight")
        return [
            {
                "product_id": product.id,
                "quantity": 1.0,
                "price_unit": self.amount_freight,
                "tax_ids": [Command.clear()],
                "name": self.env._(
                    "Freight %(carrier)s %(waybill)s",
                    carrier=self.carrier or "",
                    waybill=self.waybill or "",
                ),
            }
        ]

    def _ensure_equal_amounts(self, move):
        """The books equal the paper to the cent, or nothing is booked.

        :raises UserError: names both sums
        """
        self.ensure_one()
        booked = self._get_direction(move) * move.amount_untaxed
        if self.currency_id.compare_amounts(self.amount_untaxed, booked):
            raise UserError(
                self.env._(
                    "%(paper)s: the credit note comes to %(booked)s where the paper "
                    "says %(expected)s. A tax was probably changed since the goods "
                    "were invoiced; ask the accountant to look at it.",
                    paper=self.name,
                    booked=self.currency_id.format(booked),
                    expected=self.currency_id.format(self.amount_untaxed),
                )
            )

    def _reconcile_oldest_first(self):
        """Use the credit note up on the dealer's open invoices, oldest first."""
        self.ensure_one()
        if self.move_id.move_type != "out_refund":
            return
        credit = self.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        for line in self._get_open_invoice_lines(credit):
            if credit.reconciled or not credit.amount_residual:
                break
            (credit | line).reconcile()

    def _get_open_invoice_lines(self, credit):
        """Open receivable items of posted invoices, by due date, then number."""
        lines = self.env["account.move.line"].search(
            Domain("partner_id", "in", self.move_id.commercial_partner_id.ids)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("currency_id", "=", self.currency_id.id)
            & Domain("account_id", "in", credit.account_id.ids)
            & Domain("parent_state", "=", "posted")
            & Domain("move_id.move_type", "=", "out_invoice")
            & Domain("reconciled", "=", False)
            & Domain("amount_residual", ">", 0)
        )
        return lines.sorted(
            lambda line: (
                line.date_maturity or line.date,
                line.move_id.name or "",
                line.id,
            )
        )

    def _tell_credit(self):
        self.ensure_one()
        self.message_post(
            body=self.env._(
                "%(move)s over %(total)s.",
                move=self.credit_note_name,
                total=self.currency_id.format(self.amount_total),
            )
        )

    def action_reverse(self):
        self._ensure_can("reverse")
        return self._open_explain("reverse")

    def _reverse_credit(self, reason):
        """Take a credit back by reversing its entry; the stock stays where it is.

        The return is to be credited again, e.g. with another freight.

        :return: the reversing entry
        """
        self.ensure_one()
        # sudo: the manager's right is checked by the transition
        paper = self.sudo()
        move = paper.move_id
        self._transition("reverse", {"credited_on": False})
        paper.write(
            {
                "move_id": False,
                "credit_note_name": False,
                "amount_tax": 0.0,
                "amount_total": 0.0,
            }
        )
        paper._ensure_period_open()
        today = fields.Date.context_today(self)
        reversal = move._reverse_moves(
            [
                {
                    "date": today,
                    "invoice_date": today,
                    "ref": self.env._(
                        "Reversal of %(move)s: %(reason)s",
                        move=move.name,
                        reason=reason,
                    ),
                    "parts_return_id": self.id,
                }
            ],
            cancel=True,
        )
        self.message_post(
            body=self.env._(
                "Credit reversed (%(move)s by %(reversal)s): %(reason)s",
                move=move.name,
                reversal=reversal.name,
                reason=reason,
            )
        )
        return reversal
