from odoo import fields, models

# What the ledger says of a movement.
LEDGER_FIELDS = {
    "date",
    "location_dest_id",
    "location_id",
    "product_id",
    "product_uom_id",
    "quantity",
}


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

    def write(self, vals):
        if not LEDGER_FIELDS & set(vals):
            return super().write(vals)
        # what was in a closed period stays in it, and nothing gets in later
        self._ensure_periods_open()
        res = super().write(vals)
        self._ensure_periods_open()
        return res

    def _ensure_periods_open(self):
        """:raises UserError: a movement that was made lies in a closed parts period"""
        done = self.filtered(lambda line: line.state == "done")
        # sudo: the accounts are closed for everybody, whoever may read them
        periods = self.env["aftersales.parts.period"].sudo()
        for line in done:
            periods._ensure_open(line.date, line.location_id | line.location_dest_id)
