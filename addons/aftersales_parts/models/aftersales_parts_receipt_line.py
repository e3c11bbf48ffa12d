from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

# What a dealer enters; everything else on a line comes from the delivery.
COUNT_FIELDS = ("short", "broken", "wrong", "note")


class AftersalesPartsReceiptLine(models.Model):
    """One product and lot of a delivery, shipped against received."""

    _name = "aftersales.parts.receipt.line"
    _description = "Parts receipt line"
    _order = "receipt_id, id"

    receipt_id = fields.Many2one(
        "aftersales.parts.receipt", required=True, ondelete="cascade", index=True
    )
    dealer_id = fields.Many2one(related="receipt_id.dealer_id", store=True, index=True)
    state = fields.Selection(related="receipt_id.state")
    product_id = fields.Many2one("product.product", required=True, ondelete="restrict")
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one("stock.lot", string="Lot/Serial", ondelete="restrict")
    shipped = fields.Float(digits="Product Unit", readonly=True)
    short = fields.Float(digits="Product Unit", help="Pieces missing in the box.")
    broken = fields.Float(digits="Product Unit", help="Pieces that arrived damaged.")
    wrong = fields.Float(
        digits="Product Unit", help="Pieces that are something else than listed."
    )
    note = fields.Char(help="What exactly is broken or wrong.")
    received = fields.Float(
        digits="Product Unit",
        compute="_compute_received",
        store=True,
        help="Good pieces, which go into the dealer's stock.",
    )
    discrepancy = fields.Float(
        digits="Product Unit",
        compute="_compute_received",
        store=True,
        help="Pieces shipped that are not in the dealer's stock: open to a claim.",
    )

    @api.depends("shipped", "short", "broken", "wrong")
    def _compute_received(self):
        for line in self:
            line.discrepancy = line.short + line.broken + line.wrong
            line.received = line.shipped - line.discrepancy

    @api.constrains("short", "broken", "wrong", "shipped")
    def _check_counts(self):
        for line in self:
            compare = line.uom_id.compare
            counts = (line.short, line.broken, line.wrong)
            if any(compare(count, 0.0) < 0 for count in counts):
                raise ValidationError(
                    self.env._(
                        "%(product)s: short, broken and wrong cannot be negative.",
                        product=line.product_id.display_name,
                    )
                )
            if compare(sum(counts), line.shipped) > 0:
                raise ValidationError(
                    self.env._(
                        "%(product)s: %(counted)g short, broken or wrong, but only "
                        "%(shipped)g were shipped. Correct the counts.",
                        product=line.product_id.display_name,
                        counted=sum(counts),
                        shipped=line.shipped,
                    )
                )

    def write(self, vals):
        if not self.env.su:
            self._check_count_write(vals)
        return super().write(vals)

    def _check_count_write(self, vals):
        self.check_access("write")
        closed = [name for name in vals if name not in COUNT_FIELDS]
        if closed:
            raise AccessError(
                self.env._(
                    "A receipt line shows what was shipped; only short, broken, wrong "
                    "and the note can be entered (not: %(fields)s).",
                    fields=", ".join(closed),
                )
            )
        done = self.filtered(lambda line: line.state != "to_receive")
        if done:
            raise UserError(
                self.env._(
                    "%(receipt)s is confirmed or cancelled; its counts stand.",
                    receipt=done[0].receipt_id.display_name,
                )
            )

    def _prepare_move_vals(self, source, target):
        self.ensure_one()
        places = {"location_id": source.id, "location_dest_id": target.id}
        return {
            **places,
            "product_id": self.product_id.id,
            "product_uom": self.uom_id.id,
            "product_uom_qty": self.received,
            "receipt_line_id": self.id,
            "move_line_ids": [
                Command.create(
                    {
                        **places,
                        "product_id": self.product_id.id,
                        "product_uom_id": self.uom_id.id,
                        "lot_id": self.lot_id.id,
                        "quantity": self.received,
                    }
                )
            ],
        }
