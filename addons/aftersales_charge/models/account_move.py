from odoo import api, fields, models
from odoo.exceptions import UserError

from .aftersales_quotation import COMPANY_ONLY


class AccountMove(models.Model):
    _inherit = "account.move"

    aftersales_quotation_id = fields.Many2one(
        "aftersales.quotation",
        string="Service Quotation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=COMPANY_ONLY,
        help="The quotation whose used work this invoice charges.",
    )

    # Charged work is invoiced once, ever: also between two accountants at once.
    _aftersales_quotation_uniq = models.UniqueIndex(
        "(aftersales_quotation_id) WHERE aftersales_quotation_id IS NOT NULL",
        "This service quotation is invoiced already.",
    )

    def button_draft(self):
        self._ensure_charge_kept()
        return super().button_draft()

    def button_cancel(self):
        self._ensure_charge_kept()
        return super().button_cancel()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_charge(self):
        self._ensure_charge_kept()

    def _ensure_charge_kept(self):
        """:raises UserError: the entry charges a repair; says how to take it back"""
        # sudo: whoever keeps the books may not see quotations
        for move in self.sudo().filtered("aftersales_quotation_id"):
            raise UserError(
                self.env._(
                    "%(move)s charges the work of quotation %(quotation)s. It is "
                    "taken back by a credit note only.",
                    move=move.name,
                    quotation=move.aftersales_quotation_id.display_name,
                )
            )

    def action_open_aftersales_quotation(self):
        self.ensure_one()
        return self.aftersales_quotation_id._get_form_action()
