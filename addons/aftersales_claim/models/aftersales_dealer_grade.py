from odoo import fields, models

from ..utils.roles import COMPANY_ONLY


class AftersalesDealerGrade(models.Model):
    _inherit = "aftersales.dealer.grade"

    # What other grades are paid is not a dealer's business; his own rate is on his
    # claims.
    labour_rate = fields.Float(
        digits="Product Price",
        groups=COMPANY_ONLY,
        help="Paid per flat-rate hour, before tax, in the company's currency.",
    )
    travel_rate = fields.Float(
        digits="Product Price",
        groups=COMPANY_ONLY,
        help="Paid per kilometre, before tax, in the company's currency.",
    )

    _rates_positive = models.Constraint(
        "CHECK (labour_rate >= 0 AND travel_rate >= 0)", "A rate is not negative."
    )
