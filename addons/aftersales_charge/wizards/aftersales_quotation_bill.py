from odoo import api, fields, models


class AftersalesQuotationBill(models.TransientModel):
    """A dealer reports the invoice that he wrote in his own books."""

    _name = "aftersales.quotation.bill"
    _description = "Record a dealer's invoice"

    quotation_id = fields.Many2one(
        "aftersales.quotation", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="quotation_id.currency_id")
    used_total = fields.Monetary(related="quotation_id.used_total")
    amount_total = fields.Monetary(
        related="quotation_id.amount_total", string="Accepted"
    )
    ref = fields.Char(string="Invoice No.", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Tax included.",
    )
    is_paid = fields.Boolean(string="Customer Has Paid")

    @api.depends("quotation_id")
    def _compute_amount(self):
        for bill in self:
            bill.amount = bill.quotation_id.used_total

    def action_apply(self):
        self.ensure_one()
        paid_on = fields.Date.context_today(self) if self.is_paid else False
        self.quotation_id._bill(self.ref, self.date, self.amount, paid_on)
        return {"type": "ir.actions.act_window_close"}
