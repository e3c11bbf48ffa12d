from odoo import fields, models

# What a product costs us is none of a dealer's business; his users are internal users,
# so the cost fields' own group lets them in and has to be narrowed.
COST_GROUPS = "base.group_user,!aftersales_dealer.group_dealer_user"


class ProductTemplate(models.Model):
    _inherit = "product.template"

    standard_price = fields.Float(groups=COST_GROUPS)


