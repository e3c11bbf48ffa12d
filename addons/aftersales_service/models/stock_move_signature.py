from odoo import api, models

from .repair_order_signature import SIGNING

SIGNED_FIELDS = {"product_id", "product_uom_qty", "covered", "repair_id"}


class StockMove(models.Model):
    """A part line that changes after the customer has signed voids the signature."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._void_stale_signatures(moves.repair_id)
        return moves

    def write(self, vals):
        repairs = self.repair_id if SIGNED_FIELDS & set(vals) else None
        result = super().write(vals)
        if repairs is not None:
            self._void_stale_signatures(repairs | self.repair_id)
        return result

    def unlink(self):
        repairs = self.repair_id
        result = super().unlink()
        self._void_stale_signatures(repairs)
        return result

    def _void_stale_signatures(self, repairs):
        if repairs and not self.env.context.get(SIGNING):
            repairs._void_stale_signatures()
