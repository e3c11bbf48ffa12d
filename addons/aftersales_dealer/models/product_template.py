from odoo import fields, models

# What a product costs us, and what we note about it for ourselves, is none of a
# dealer's business; his users are internal users, so the fields' own groups let them in
# and have to be narrowed.
COST_GROUPS = "base.group_user,!aftersales_dealer.group_dealer_user"


class ProductTemplate(models.Model):
    _inherit = "product.template"

    standard_price = fields.Float(groups=COST_GROUPS)
    description = fields.Html(groups=COST_GROUPS)
    description_purchase = fields.Text(groups=COST_GROUPS)
