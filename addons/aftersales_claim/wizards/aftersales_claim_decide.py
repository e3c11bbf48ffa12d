from odoo import fields, models


class AftersalesClaimDecide(models.TransientModel):
    """Reject, send back or reopen claims, for a reason."""

    _name = "aftersales.claim.decide"
    _description = "Decide on claims"

    claim_ids = fields.Many2many("aftersales.claim", required=True, readonly=True)
    outcome = fields.Selection(
        [
            ("reject", "Reject"),
            ("send_back", "Send Back"),
            ("reopen", "Reopen"),
        ],
        required=True,
        readonly=True,
    )
    reason_id = fields.Many2one("aftersales.claim.reason", required=True)
    note = fields.Text(help="Shown to the dealer with the reason.")

    def action_apply(self):
        for wizard in self:
            wizard.claim_ids._decide_by_hand(
                wizard.outcome, wizard.reason_id, wizard.note
            )
        return {"type": "ir.actions.act_window_close"}
