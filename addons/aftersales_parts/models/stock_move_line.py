from odoo import fields, models


class StockMoveLine(models.Model):
    """Who moved it, and indexes for the history of a part and the newest movements."""

    _inherit = "stock.move.line"

    posted_by = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="Who carried the movement out; the last writer may be a later correction.",
    )

    _ledger_part_idx = models.Index(
        "(product_id, date, id)"
        " INCLUDE (location_id, location_dest_id, quantity_product_uom)"
        " WHERE state = 'done'"
    )
    _ledger_date_idx = models.Index("(date, id) WHERE state = 'done'")
    _ledger_lot_idx = models.Index("(lot_id) WHERE lot_id IS NOT NULL")
    # the rows of the ledger by their own numbers, see aftersales.parts.ledger
    _ledger_in_idx = models.Index("((id * 2 + 1)) WHERE state = 'done'")
    _ledger_out_idx = models.Index("((id * 2)) WHERE state = 'done'")
