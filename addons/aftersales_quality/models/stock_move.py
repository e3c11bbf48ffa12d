from odoo import api, models

from odoo.addons.aftersales_service.models.stock_move_signature import SIGNED_FIELDS


class StockMove(models.Model):
    """A part line of work that was checked stays as it was checked."""

    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._ensure_not_in_check()
        return records

    def write(self, vals):
        if SIGNED_FIELDS & set(vals):
            self._ensure_not_in_check()
        return super().write(vals)

    def unlink(self):
        # not by ondelete: for service people lines are deleted under sudo
        self._ensure_not_in_check()
        return super().unlink()

    def _ensure_not_in_check(self):
        if not self.env.su and self.repair_id:
            self.repair_id._ensure_not_in_check()
