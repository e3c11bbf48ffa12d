from odoo import fields, models

from ..utils.roles import COMPANY_ONLY


class AftersalesClaimDecision(models.Model):
    """One line of the log that explains every cent not paid.

    Append-only: written by the adjudication and by the accountant's buttons, never by
    hand. A later adjudication of the same claim (filed again, old part inspected) does
    not delete the earlier rows, it marks them superseded.
    """

    _name = "aftersales.claim.decision"
    _description = "Claim decision"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "claim_id, is_current desc, id"
    _rec_name = "reason_id"

    claim_id = fields.Many2one(
        "aftersales.claim", required=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "aftersales.claim.line",
        index=True,
        ondelete="set null",
        help="Empty: the claim as a whole.",
    )
    line_name = fields.Char(string="Position", help="The line's text at that time.")
    dealer_id = fields.Many2one(
        related="claim_id.dealer_id", store=True, index=True, default=None
    )
    company_id = fields.Many2one(related="claim_id.company_id", store=True)
    currency_id = fields.Many2one(related="claim_id.currency_id")
    outcome = fields.Selection(
        [
            ("pass", "Passed"),
            ("cut", "Cut"),
            ("send_back", "Sent back"),
            ("review", "To review"),
            ("reject", "Rejected"),
            ("manual", "Adjusted by hand"),
        ],
        required=True,
    )
    amount = fields.Monetary(
        help="Amount taken off (negative: given back), before tax."
    )
    reason_id = fields.Many2one(
        "aftersales.claim.reason", required=True, ondelete="restrict"
    )
    note = fields.Text()
    is_current = fields.Boolean(
        string="Current", default=True, help="Unticked: superseded by a later decision."
    )
    # Which rule struck, and at what threshold, is the company's own affair.
    rule_id = fields.Many2one(
        "aftersales.claim.rule", ondelete="restrict", index=True, groups=COMPANY_ONLY
    )
    rule_version = fields.Integer(groups=COMPANY_ONLY, aggregator=None)
    user_id = fields.Many2one(
        "res.users",
        string="Decided by",
        groups=COMPANY_ONLY,
        default=lambda self: self.env.user,
        help="Who adjusted by hand; for rules, who filed or ran the adjudication.",
    )
