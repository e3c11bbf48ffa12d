from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_bought_in = fields.Boolean(
        string="Bought-in Unit",
        help="Made by a supplier: its faults go by the sales representative, and the "
        "supplier's warranty comes first.",
    )
