from odoo import fields, models


class AftersalesReceiptClaimDecide(models.TransientModel):
    """What the keeper answers to a delivery complaint."""

    _name = "aftersales.receipt.claim.decide"
    _description = "Decide on a delivery complaint"

    claim_ids = fields.Many2many("aftersales.receipt.claim", required=True)
    decision = fields.Selection(
        [("resend", "Send Again"), ("credit", "Credit"), ("refuse", "Refuse")],
        required=True,
    )
    note = fields.Char(
        string="Answer",
        required=True,
        help="What the dealer reads: when it comes, the credit note, the reason.",
    )

    def action_apply(self):
        self.ensure_one()
        self.claim_ids._decide(self.decision, self.note)
        return {"type": "ir.actions.act_window_close"}
