from odoo import fields, models


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    rejected_location_id = fields.Many2one(
        "stock.location",
        help="Where the rejected pieces wait; the return starts there.",
    )

    def _prepare_picking_default_values_based_on(self, picking):
        vals = super()._prepare_picking_default_values_based_on(picking)
        if self.rejected_location_id:
            vals["location_id"] = self.rejected_location_id.id
        return vals
