from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_supplier_check = fields.Selection(
        [("off", "Not checked"), ("warn", "Warn"), ("refuse", "Refuse")],
        string="Part from a Supplier Who Is Not Designated",
        default="warn",
        required=True,
        help="What happens when such an order is confirmed.",
    )
    aftersales_price_tolerance = fields.Float(
        string="Price Tolerance (%)",
        default=5.0,
        help="How far above the framework price an order may be without approval of "
        "the after-sales manager.",
    )
    aftersales_score_quality = fields.Integer(string="Weight of Quality", default=50)
    aftersales_score_delivery = fields.Integer(string="Weight of Delivery", default=30)
    aftersales_score_price = fields.Integer(string="Weight of Price", default=20)
    aftersales_rejected_location_id = fields.Many2one(
        "stock.location",
        string="Place of Rejected Goods",
        domain="[('usage', '=', 'internal')]",
        help="Rejected pieces wait here for their way back; they are not available. "
        "Made when first needed.",
    )

    _aftersales_price_tolerance_positive = models.Constraint(
        "CHECK (aftersales_price_tolerance >= 0)",
        "The price tolerance is not below zero.",
    )
    _aftersales_score_weights = models.Constraint(
        "CHECK (aftersales_score_quality >= 0 AND aftersales_score_delivery >= 0"
        " AND aftersales_score_price >= 0 AND aftersales_score_quality"
        " + aftersales_score_delivery + aftersales_score_price > 0)",
        "The weights of a supplier's score are not below zero, and one is above it.",
    )

    def _get_rejected_location(self):
        """The place of rejected goods, outside of every warehouse's stock."""
        self.ensure_one()
        # sudo: whoever receives goods; the place is the company's set-up
        company = self.sudo()
        if not company.aftersales_rejected_location_id:
            company.aftersales_rejected_location_id = (
                self.env["stock.location"]
                .sudo()
                .create(
                    {
                        "name": self.env._("Rejected Goods"),
                        "usage": "internal",
                        "company_id": company.id,
                    }
                )
            )
        return company.aftersales_rejected_location_id
