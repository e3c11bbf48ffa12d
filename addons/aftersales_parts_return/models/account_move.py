from odoo import fields, models
from odoo.exceptions import UserError

COMPANY_ONLY = "base.group_user,!aftersales_dealer.group_dealer_user"


class AccountMove(models.Model):
    _inherit = "account.move"

    parts_return_id = fields.Many2one(
        "aftersales.parts.return",
        string="Stock Return",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=COMPANY_ONLY,
        help="The dealer's stock return that this entry credits, or takes back.",
    )

    def button_draft(self):
        self._ensure_parts_return_kept()
        return super().button_draft()

    def button_cancel(self):
        self._ensure_parts_return_kept()
        return super().button_cancel()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._ensure_parts_return_kept()
        return super()._reverse_moves(default_values_list, cancel)

    def _ensure_parts_return_kept(self):
        """:raises UserError: the entry credits a return; says how to take it back"""
        # sudo: whoever keeps the books may not see the dealers' returns
        returns = (
            self.env["aftersales.parts.return"]
            .sudo()
            .search([("move_id", "in", self.ids)], limit=1)
        )
        if returns:
            raise UserError(
                self.env._(
                    "%(move)s credits stock return %(paper)s. Take it back there with "
                    "“Reverse Credit”.",
                    move=returns.move_id.name,
                    paper=returns.name,
                )
            )

    def action_open_parts_return(self):
        self.ensure_one()
        return self.parts_return_id.get_formview_action()
