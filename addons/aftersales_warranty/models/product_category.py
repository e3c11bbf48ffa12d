from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    warranty_policy_ids = fields.Many2many(
        "aftersales.warranty.policy", string="Warranty Policies"
    )
