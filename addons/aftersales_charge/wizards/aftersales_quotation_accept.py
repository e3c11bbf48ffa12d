from odoo import fields, models


class AftersalesQuotationAccept(models.TransientModel):
    """The customer agrees, at our screen or on the phone."""

    _name = "aftersales.quotation.accept"
    _description = "Customer accepts a quotation"

    quotation_id = fields.Many2one(
        "aftersales.quotation", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="quotation_id.currency_id")
    amount_total = fields.Monetary(related="quotation_id.amount_total")
    acceptance = fields.Selection(
        [("screen", "Signs Here"), ("phone", "Agrees by Phone")],
        string="How",
        required=True,
        default="screen",
    )
    name = fields.Char(string="Who Agrees", required=True)
    signature = fields.Image(max_width=1024, max_height=1024)

    def action_apply(self):
        self.ensure_one()
        signature = self.signature if self.acceptance == "screen" else None
        self.quotation_id._accept(self.acceptance, self.name, signature)
        return {"type": "ir.actions.act_window_close"}
