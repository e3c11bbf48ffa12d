from odoo import fields, models


class AftersalesImportJob(models.Model):
    _inherit = "aftersales.import.job"

    kind = fields.Selection(
        selection_add=[("history", "Service History")], ondelete={"history": "cascade"}
    )
    create_dealers = fields.Boolean(
        string="Create Missing Dealers",
        default=True,
        help="A dealer who is not known by code or name is created.",
    )
    create_products = fields.Boolean(
        string="Create Missing Machines",
        default=True,
        help="A product not known by reference or name is created as a machine.",
    )
