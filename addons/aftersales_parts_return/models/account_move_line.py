from odoo import fields, models

from .account_move import COMPANY_ONLY


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    parts_return_line_id = fields.Many2one(
        "aftersales.parts.return.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=COMPANY_ONLY,
    )

    def _get_cogs_value(self):
        """What a returned piece was taken in at; nothing for one that was scrapped.

        Only with perpetual valuation core books the cost of a credited product back;
        it has to be the value that its stock movement has.
        """
        # sudo: who posts invoices may not see the dealers' returns
        line = self.sudo().parts_return_line_id
        if not line:
            return super()._get_cogs_value()
        value = sum(line.move_ids.filtered("is_in").mapped("value"))
        return value / line.accepted if line.accepted else 0.0
