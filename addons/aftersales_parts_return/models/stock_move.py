from odoo import api, fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    return_line_id = fields.Many2one(
        "aftersales.parts.return.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The line of a dealer's stock return that this movement serves.",
    )

    @api.depends("return_line_id")
    def _compute_reference(self):
        """These movements have no picking: they are named after their paper."""
        own = self.filtered("return_line_id")
        for move in own:
            move.reference = move.return_line_id.return_id.name
        return super(StockMove, self - own)._compute_reference()
