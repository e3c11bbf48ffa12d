from odoo import api, fields, models


class AftersalesClaimReason(models.Model):
    """Why a claim is paid less, sent back or refused, in words a dealer understands.

    Own codes, mapped to the claim response reasons of ANSI X12 (data element 1172) so
    that a dealer's system can read them.
    """

    _name = "aftersales.claim.reason"
    _description = "Claim reason"
    _order = "sequence, code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    x12_code = fields.Char(help="Code of ANSI X12 data element 1172 (claim response).")
    x12_name = fields.Char()
    advice = fields.Text(
        translate=True, help="What the dealer can do about it; shown with the reason."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "A reason with this code exists.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for reason in self:
            reason.display_name = f"[{reason.code}] {reason.name or ''}".strip()
