from odoo import models


class StockMoveLine(models.Model):
    """Indexes for the ledger: the history of one part, and the newest movements."""

    _inherit = "stock.move.line"

    _ledger_part_idx = models.Index(
        "(product_id, date, id)"
        " INCLUDE (location_id, location_dest_id, quantity_product_uom)"
        " WHERE state = 'done'"
    )
    _ledger_date_idx = models.Index("(date, id) WHERE state = 'done'")
