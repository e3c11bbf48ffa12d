from odoo import fields, models
from odoo.tools import SQL

from ..utils.roles import COMPANY_ONLY


class AftersalesSettlementOffset(models.Model):
    """What a settlement's credit note has paid: one row per invoice item.

    A view over core's reconciliations, so that the notice and the dealer's list always
    say what the books say. A reversed credit note has no rows.
    """

    _name = "aftersales.settlement.offset"
    _description = "Offset of a settlement"
    _auto = False
    _order = "settlement_id desc, date_maturity, invoice_name, id"
    _rec_name = "invoice_name"
    # What the view reads: the ORM writes these out before it reads the view.
    _depends = {
        "aftersales.settlement": ["move_id", "dealer_id", "company_id"],
        "account.move": ["name", "invoice_date", "amount_total"],
        "account.move.line": ["move_id", "currency_id", "date_maturity"],
        "account.partial.reconcile": [
            "credit_move_id",
            "debit_move_id",
            "debit_amount_currency",
            "max_date",
        ],
    }

    settlement_id = fields.Many2one("aftersales.settlement", readonly=True)
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    credit_note_name = fields.Char(string="Credit Note", readonly=True)
    invoice_id = fields.Many2one(
        "account.move", string="Entry", readonly=True, groups=COMPANY_ONLY
    )
    invoice_name = fields.Char(string="Invoice", readonly=True)
    invoice_date = fields.Date(readonly=True)
    date_maturity = fields.Date(string="Due Date", readonly=True)
    invoice_total = fields.Monetary(readonly=True, aggregator=None)
    offset_on = fields.Date(readonly=True)
    amount = fields.Monetary(string="Offset Amount", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT partial.id,
                   settlement.id AS settlement_id,
                   settlement.dealer_id,
                   settlement.company_id,
                   debit.currency_id,
                   note.name AS credit_note_name,
                   invoice.id AS invoice_id,
                   invoice.name AS invoice_name,
                   invoice.invoice_date,
                   debit.date_maturity,
                   invoice.amount_total AS invoice_total,
                   partial.max_date AS offset_on,
                   partial.debit_amount_currency AS amount
              FROM aftersales_settlement settlement
              JOIN account_move note ON note.id = settlement.move_id
              JOIN account_move_line credit ON credit.move_id = note.id
              JOIN account_partial_reconcile partial
                ON partial.credit_move_id = credit.id
              JOIN account_move_line debit ON debit.id = partial.debit_move_id
              JOIN account_move invoice ON invoice.id = debit.move_id
            """
        )
