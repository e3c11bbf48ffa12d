from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesPartsRequisitionReturnLine(models.TransientModel):
    """One part and lot that comes back."""

    _name = "aftersales.parts.requisition.return.line"
    _description = "Returned part"

    # The server proposes lots that a dealer's user need not be able to read.
    _unfenced_links = frozenset({"lot_id"})

    return_id = fields.Many2one(
        "aftersales.parts.requisition.return", required=True, ondelete="cascade"
    )
    line_id = fields.Many2one("aftersales.parts.requisition.line", required=True)
    product_id = fields.Many2one(related="line_id.product_id", string="Part")
    lot_id = fields.Many2one("stock.lot", string="Lot/Serial")
    open_quantity = fields.Float(string="Out", digits="Product Unit", readonly=True)
    quantity = fields.Float(string="Comes Back", digits="Product Unit")

    def _ensure_out(self):
        """:raises UserError: that lot is not out, or not so many of it"""
        self.ensure_one()
        # sudo: see _unfenced_links
        lot = self.sudo().lot_id
        out = self.line_id._get_open_by_lot().get(lot, 0.0)
        if self.line_id.product_uom_compare(self.quantity, out) > 0:
            raise UserError(
                self.env._(
                    "%(part)s %(lot)s: %(quantity)g cannot come back, %(out)g are out.",
                    part=self.product_id.display_name,
                    lot=lot.name or "",
                    quantity=self.quantity,
                    out=out,
                )
            )
