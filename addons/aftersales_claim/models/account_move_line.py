from odoo import fields, models

from ..utils.roles import COMPANY_ONLY


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    settlement_line_id = fields.Many2one(
        "aftersales.settlement.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=COMPANY_ONLY,
    )
    aftersales_claim_ids = fields.Many2many(
        "aftersales.claim",
        string="Warranty Claims",
        compute="_compute_aftersales_claim_ids",
        groups=COMPANY_ONLY,
        help="The claims whose amounts this line of the credit note pays.",
    )

    def _compute_aftersales_claim_ids(self):
        for line in self:
            line.aftersales_claim_ids = line.settlement_line_id.claim_line_ids.claim_id

    def _is_offset_candidate(self, debit):
        """Whether this credit of a settlement may pay the open item ``debit``."""
        self.ensure_one()
        return (
            debit.partner_id == self.partner_id
            and debit.account_id == self.account_id
            and debit.company_id == self.company_id
            and debit.currency_id == self.currency_id
        )
