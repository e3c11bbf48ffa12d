from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesSettlementDispute(models.TransientModel):
    """The dealer disagrees: with some claims, which leave the notice, or with all."""

    _name = "aftersales.settlement.dispute"
    _description = "Dispute a settlement"

    settlement_id = fields.Many2one(
        "aftersales.settlement", required=True, readonly=True
    )
    scope = fields.Selection(
        [
            ("claims", "Some claims: take them out, settle the rest"),
            ("whole", "The notice as a whole, e.g. its deductions"),
        ],
        default="claims",
        required=True,
    )
    claim_ids = fields.Many2many(
        "aftersales.claim", domain="[('settlement_id', '=', settlement_id)]"
    )
    reason = fields.Text(required=True)

    def action_apply(self):
        """:raises UserError: no claim is named"""
        self.ensure_one()
        if self.scope == "whole":
            self.settlement_id._dispute_whole(self.reason)
        elif not self.claim_ids:
            raise UserError(
                self.env._("Choose the claims that you dispute, or the whole notice.")
            )
        for claim in self.claim_ids if self.scope == "claims" else []:
            self.settlement_id._dispute_claim(claim, self.reason)
        return {"type": "ir.actions.act_window_close"}
