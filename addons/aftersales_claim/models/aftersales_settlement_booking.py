from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..utils.oldest_first import pay_oldest_first


class AftersalesSettlement(models.Model):
    """How a confirmed settlement reaches the books, and how it is taken back."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.settlement"

    def action_offset(self):
        """Post one credit note per settlement and offset it, oldest invoice first.

        All or nothing, for all of ``self``, in one transaction. Drafts are never used,
        and what no open invoice takes up stays as the dealer's open credit.

        :raises UserError: a settlement is not confirmed or in another's hands, the
            books are locked for today, or the credit note's total differs from the
            notice
        """
        self._transition("offset", {"offset_on": fields.Date.context_today(self)})
        self._ensure_period_open()
        moves = self.env["account.move"].create(
            [settlement._prepare_credit_note_vals() for settlement in self]
        )
        for settlement, move in zip(self, moves, strict=True):
            settlement._ensure_equal_amounts(move)
        moves.action_post()
        for settlement, move in zip(self, moves, strict=True):
            # sudo: the link to the books is closed to hand-editing
            settlement.sudo().write({"move_id": move.id, "credit_note_name": move.name})
        self._reconcile_oldest_first(moves)
        # sudo: the claims' state follows from the settlement
        self.sudo().claim_ids._transition("settle")
        self._invalidate_offsets()

    def _invalidate_offsets(self):
        """The view over the books has changed behind the cache."""
        self.invalidate_recordset(["offset_ids", "amount_offset", "amount_open"])

    def _ensure_period_open(self):
        """:raises UserError: a lock date covers today; names it and the way out"""
        today = fields.Date.context_today(self)
        for company, settlements in self.grouped("company_id").items():
            journal = settlements._get_journal(company)
            locks = company._get_violated_lock_dates(today, True, journal)
            if locks:
                raise UserError(
                    self.env._(
                        "%(settlements)s cannot be booked today: the books of "
                        "%(company)s are locked by %(locks)s. Ask the accountant to "
                        "move the lock date, or offset after it.",
                        settlements=", ".join(settlements.mapped("name")),
                        company=company.name,
                        locks=company._format_lock_dates(locks),
                    )
                )

    def _get_journal(self, company):
        """The sales journal of the credit notes.

        :raises UserError: the company has none
        """
        journal = self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(company),
                ("type", "=", "sale"),
            ],
            limit=1,
        )
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no sales journal. Set up its accounting first.",
                    company=company.name,
                )
            )
        return journal

    def _prepare_credit_note_vals(self):
        """Values of the credit note; extension point."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        return {
            "move_type": "out_refund",
            "partner_id": self.dealer_id.partner_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "journal_id": self._get_journal(self.company_id).id,
            "invoice_date": today,
            "date": today,
            "invoice_payment_term_id": False,
            "fiscal_position_id": self._get_fiscal_position().id,
            "ref": self.name,
            "invoice_origin": self.name,
            "settlement_id": self.id,
            "invoice_line_ids": [
                fields.Command.create(line._prepare_move_line_vals())
                for line in self.line_ids
            ],
        }

    def _ensure_equal_amounts(self, move):
        """The books equal the notice to the cent, or nothing is booked.

        :raises UserError: names both sums
        """
        self.ensure_one()
        for field in ("amount_untaxed", "amount_tax", "amount_total"):
            if self.currency_id.compare_amounts(self[field], move[field]):
                raise UserError(
                    self.env._(
                        "%(settlement)s: the credit note comes to %(booked)s where the "
                        "confirmed notice says %(noticed)s (%(field)s). A tax was "
                        "probably changed since; withdraw the notice and send it "
                        "again.",
                        settlement=self.name,
                        booked=self.currency_id.format(move[field]),
                        noticed=self.currency_id.format(self[field]),
                        field=self._fields[field]._description_string(self.env),
                    )
                )

    def _reconcile_oldest_first(self, moves):
        """Use each credit note up on its dealer's open invoices, oldest first."""
        open_lines = self._get_open_invoice_lines(moves)
        residuals = {line: line.amount_residual for line in open_lines}
        plan = []
        for credit in moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ):
            mine = open_lines.filtered(credit._is_offset_candidate)
            queue = [(line, residuals[line]) for line in mine]
            paid = pay_oldest_first(
                -credit.amount_residual, queue, credit.currency_id.round
            )
            for line, amount in paid:
                residuals[line] = line.currency_id.round(residuals[line] - amount)
            if paid:
                plan.append([credit | line for line, _amount in paid])
        self.env["account.move.line"]._reconcile_plan(plan)

    def _get_open_invoice_lines(self, moves):
        """Open receivable items of posted invoices, by due date, then number."""
        lines = self.env["account.move.line"].search(
            self._get_open_invoice_domain(moves)
        )
        return lines.sorted(
            lambda line: (
                line.date_maturity or line.date,
                line.move_id.name or "",
                line.id,
            )
        )

    def _get_open_invoice_domain(self, moves):
        """Which items a credit note may use; extension point."""
        return (
            Domain("partner_id", "in", moves.commercial_partner_id.ids)
            & Domain("company_id", "in", moves.company_id.ids)
            & Domain("account_id.account_type", "=", "asset_receivable")
            & Domain("parent_state", "=", "posted")
            & Domain("move_id.move_type", "=", "out_invoice")
            & Domain("reconciled", "=", False)
            & Domain("amount_residual", ">", 0)
        )

    def _reverse_offset(self, reason):
        """Take an offset back by reversing its credit note.

        The claims stay with the settlement, which is confirmed again and may be offset
        anew; the books keep both entries.

        :param reason: text for the ledger and the chatter
        :return: the reversing entry
        """
        self.ensure_one()
        move = self.move_id
        self._transition("reverse", {"offset_on": False})
        # sudo: link and claims are closed to hand-editing, the right was checked
        settlement = self.sudo()
        settlement.write({"move_id": False, "credit_note_name": False})
        settlement.claim_ids._transition("unsettle")
        self._ensure_period_open()
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
                    "settlement_id": self.id,
                }
            ],
            cancel=True,
        )
        self._invalidate_offsets()
        self.message_post(
            body=self.env._(
                "Offset reversed (%(move)s by %(reversal)s): %(reason)s",
                move=move.name,
                reversal=reversal.name,
                reason=reason,
            )
        )
        return reversal
