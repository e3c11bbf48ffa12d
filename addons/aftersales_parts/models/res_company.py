from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_answer_days = fields.Integer(
        string="Dealer Answers Within",
        default=14,
        help="Days that a dealer has to answer a disputed inspection of an old part.",
    )
    aftersales_good_location_id = fields.Many2one(
        "stock.location",
        string="Good Store",
        domain="[('usage', '=', 'internal'), ('company_id', '=', id)]",
        help="Where usable old parts are taken into stock. Empty: the main stock.",
    )

    _aftersales_answer_days_positive = models.Constraint(
        "CHECK (aftersales_answer_days > 0)",
        "A dealer needs at least one day to answer.",
    )
