from odoo import api, fields, models


class StockLocation(models.Model):
    """A dealer's place for parts is an internal location **without a company**.

    Stock there is counted, reserved and refused like any other, yet it is no longer
    ours: locations without a company carry no value in anybody's books.
    """

    _inherit = "stock.location"

    dealer_id = fields.Many2one(
        "aftersales.dealer",
        compute="_compute_dealer_id",
        store=True,
        readonly=False,
        recursive=True,
        index="btree_not_null",
        ondelete="set null",
        help="The dealer whose goods lie here; places below belong to him as well.",
    )

    @api.depends("location_id.dealer_id")
    def _compute_dealer_id(self):
        for location in self:
            location.dealer_id = location.location_id.dealer_id or location.dealer_id
