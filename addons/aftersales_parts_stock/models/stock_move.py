from odoo import api, fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    count_line_id = fields.Many2one(
        "aftersales.parts.count.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The line of a dealer's count that this movement corrects the books by.",
    )
    transfer_line_id = fields.Many2one(
        "aftersales.parts.transfer.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The line of a transfer between dealers that this movement serves.",
    )

    @api.depends("count_line_id", "transfer_line_id")
    def _compute_reference(self):
        """These movements have no picking: they are named after their paper."""
        own = self.filtered(lambda move: move.count_line_id or move.transfer_line_id)
        for move in own:
            paper = move.count_line_id.count_id or move.transfer_line_id.transfer_id
            move.reference = paper.name
        return super(StockMove, self - own)._compute_reference()
