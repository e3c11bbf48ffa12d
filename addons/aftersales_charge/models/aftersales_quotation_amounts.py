from odoo import api, fields, models
from odoo.tools import formatLang

from ..utils.amount_text import amount_in_words


class AftersalesQuotation(models.Model):
    """What a quotation comes to: offered, and used. Core's tax engine computes both."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.quotation"

    amount_untaxed = fields.Monetary(
        string="Before Tax", compute="_compute_amounts", store=True
    )
    amount_tax = fields.Monetary(string="Tax", compute="_compute_amounts", store=True)
    amount_total = fields.Monetary(
        string="Total", compute="_compute_amounts", store=True, tracking=True
    )
    covered_total = fields.Monetary(
        string="Borne by the Warranty",
        compute="_compute_amounts",
        store=True,
        help="What the covered lines would cost, tax included. Not charged.",
    )
    used_untaxed = fields.Monetary(
        string="Used before Tax", compute="_compute_used_amounts", store=True
    )
    used_tax = fields.Monetary(compute="_compute_used_amounts", store=True)
    used_total = fields.Monetary(
        string="To Pay",
        compute="_compute_used_amounts",
        store=True,
        help="What was really used of it, tax included; known when the repair is "
        "finished.",
    )
    is_used = fields.Boolean(
        string="Repair Finished",
        readonly=True,
        copy=False,
        help="The used quantities were taken from the finished repair.",
    )
    limit_total = fields.Monetary(
        string="Highest Charge",
        compute="_compute_limit_total",
        help="The accepted total plus the company's tolerance.",
    )
    amount_due = fields.Monetary(string="Still to Pay", compute="_compute_amount_due")
    payment_state = fields.Selection(
        [("none", "Nothing to Pay"), ("open", "Open"), ("paid", "Paid")],
        string="Payment",
        compute="_compute_amount_due",
    )
    invoice_ref = fields.Char(string="Invoice No.", compute="_compute_invoice_ref")

    @api.depends("line_ids.price_total", "line_ids.covered_total")
    def _compute_amounts(self):
        for quotation in self:
            totals = quotation._get_tax_totals(quotation._get_charged_pairs("quantity"))
            quotation.amount_untaxed = totals["base_amount_currency"]
            quotation.amount_tax = totals["tax_amount_currency"]
            quotation.amount_total = totals["total_amount_currency"]
            quotation.covered_total = sum(quotation.line_ids.mapped("covered_total"))

    @api.depends("line_ids.used_subtotal", "line_ids.used_quantity")
    def _compute_used_amounts(self):
        for quotation in self:
            pairs = quotation._get_charged_pairs("used_quantity")
            totals = quotation._get_tax_totals(pairs)
            quotation.used_untaxed = totals["base_amount_currency"]
            quotation.used_tax = totals["tax_amount_currency"]
            quotation.used_total = totals["total_amount_currency"]

    def _get_charged_pairs(self, quantity_name):
        """Pairs of (charged line, its quantity)."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: not line.covered)
        return [(line, line[quantity_name]) for line in lines]

    def _get_tax_totals(self, pairs):
        """Totals of lines by core's tax engine, the same that computes the invoice.

        :param pairs: (line, quantity); the lines may be new records
        :return: the summary dict of ``account.tax._get_tax_totals_summary``
        """
        self.ensure_one()
        # sudo: taxes are closed to dealers; only the sums are told
        engine = self.env["account.tax"].sudo()
        company = self.company_id or self.env.company
        base_lines = [line._prepare_base_line(quantity) for line, quantity in pairs]
        engine._add_tax_details_in_base_lines(base_lines, company)
        engine._round_base_lines_tax_details(base_lines, company)
        return engine._get_tax_totals_summary(base_lines, company.currency_id, company)

    @api.depends("amount_total", "company_id.aftersales_quotation_tolerance")
    def _compute_limit_total(self):
        for quotation in self:
            # sudo: the tolerance is a setting of the company
            share = quotation.company_id.sudo().aftersales_quotation_tolerance / 100
            quotation.limit_total = quotation.currency_id.round(
                quotation.amount_total * (1 + share)
            )

    @api.depends(
        "state",
        "is_used",
        "used_total",
        "dealer_paid_on",
        "move_id.amount_residual",
        "move_id.payment_state",
    )
    def _compute_amount_due(self):
        # sudo: the entry is the company's; only what is open of it is told
        for quotation, own in zip(self, self.sudo(), strict=True):
            due = 0.0
            if own.state in ("accepted", "invoiced") and own.is_used:
                due = own.used_total
                if own.move_id:
                    due = own.move_id.amount_residual
                elif own.dealer_paid_on:
                    due = 0.0
            quotation.amount_due = due
            quotation.payment_state = own._get_payment_state(due)

    def _get_payment_state(self, due):
        self.ensure_one()
        if self.currency_id.is_zero(due):
            settled = self.state == "invoiced" and self.used_total
            return "paid" if settled else "none"
        return "open"

    @api.depends("move_id.name", "dealer_invoice_ref")
    def _compute_invoice_ref(self):
        # sudo: see _compute_amount_due
        for quotation, own in zip(self, self.sudo(), strict=True):
            quotation.invoice_ref = own.move_id.name or own.dealer_invoice_ref

    def _format_amount(self, amount):
        """The amount as text, with its currency."""
        self.ensure_one()
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _get_amount_in_words(self):
        self.ensure_one()
        return amount_in_words(self.currency_id, self.amount_total, self.env.lang)
