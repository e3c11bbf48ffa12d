from odoo import fields, models


class AftersalesImportJob(models.Model):
    _inherit = "aftersales.import.job"

    kind = fields.Selection(
        selection_add=[("certificate", "Certificates")],
        ondelete={"certificate": "cascade"},
    )
