from odoo import fields, models


class AftersalesDealerGrade(models.Model):
    _inherit = "aftersales.dealer.grade"

    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Parts Price List",
        ondelete="restrict",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
        help="What dealers of this grade pay for parts. Empty: the price list of the "
        "dealer's contact.",
    )
