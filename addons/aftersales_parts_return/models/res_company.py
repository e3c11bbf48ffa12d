from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_refit_rate = fields.Monetary(
        string="Refit Hour",
        default=60.0,
        help="What an hour of putting a returned product together again costs.",
    )
    aftersales_unsold_seasons = fields.Integer(
        string="Seasons until Deemed Sold",
        default=2,
        help="Stock that a dealer neither sold nor returned after as many seasons is "
        "deemed sold.",
    )
    aftersales_season_months = fields.Integer(
        string="Months of a Season",
        default=12,
        help="Length of a season for products of which no season is on record.",
    )
    aftersales_unsold_notice_days = fields.Integer(
        string="Notice Days",
        default=30,
        help="Days before it that the dealer is warned.",
    )
    aftersales_refit_location_id = fields.Many2one(
        "stock.location",
        string="Refit Place",
        domain="[('usage', '=', 'internal'), ('company_id', '=', id)]",
        help="Where returned pieces wait for being refitted; made at first need.",
    )
    aftersales_supplier_location_id = fields.Many2one(
        "stock.location",
        string="Place for Suppliers' Returns",
        domain="[('usage', '=', 'internal'), ('company_id', '=', id)]",
        help="Where pieces wait for going back to the supplier; made at first need.",
    )

    _aftersales_return_numbers = models.Constraint(
        "CHECK (aftersales_refit_rate >= 0 AND aftersales_unsold_seasons > 0"
        " AND aftersales_season_months > 0 AND aftersales_unsold_notice_days >= 0)",
        "Stock is deemed sold after at least one season of at least one month; rate "
        "and notice days are not below zero.",
    )

    def _get_return_location(self, disposition):
        """The company's place for accepted pieces of a return; callers use sudo.

        :param str disposition: "good", "refit" or "supplier"
        """
        self.ensure_one()
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.id)], limit=1
        )
        if disposition == "good":
            return self.aftersales_good_location_id or warehouse.lot_stock_id
        field = f"aftersales_{disposition}_location_id"
        if not self[field]:
            names = {
                "refit": self.env._("To Refit"),
                "supplier": self.env._("To the Supplier"),
            }
            self[field] = self.env["stock.location"].create(
                {
                    "name": names[disposition],
                    "location_id": warehouse.view_location_id.id,
                    "usage": "internal",
                    "company_id": self.id,
                }
            )
        return self[field]
