from odoo import fields, models
from odoo.exceptions import UserError

from ..utils.roles import COMPANY_ONLY


class AccountMove(models.Model):
    _inherit = "account.move"

    settlement_id = fields.Many2one(
        "aftersales.settlement",
        string="Settlement Notice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=COMPANY_ONLY,
        help="The settlement that this credit note pays, or takes back.",
    )

    def button_draft(self):
        self._ensure_settlement_kept()
        return super().button_draft()

    def button_cancel(self):
        self._ensure_settlement_kept()
        return super().button_cancel()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._ensure_settlement_kept()
        return super()._reverse_moves(default_values_list, cancel)

    def _ensure_settlement_kept(self):
        """:raises UserError: the entry pays a settlement; says how to take it back"""
        # sudo: whoever keeps the books may not see settlements
        settlements = (
            self.env["aftersales.settlement"]
            .sudo()
            .search([("move_id", "in", self.ids)], limit=1)
        )
        if settlements:
            raise UserError(
                self.env._(
                    "%(move)s pays settlement %(settlement)s. Take it back there with "
                    "“Reverse Offset”, so that the claims follow.",
                    move=settlements.move_id.name,
                    settlement=settlements.name,
                )
            )

    def action_open_aftersales_settlement(self):
        self.ensure_one()
        return self.settlement_id.get_formview_action()
