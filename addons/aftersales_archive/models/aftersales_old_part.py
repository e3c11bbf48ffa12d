from odoo import models


class AftersalesOldPart(models.Model):
    _name = "aftersales.old.part"
    _inherit = ["aftersales.old.part", "aftersales.retention.mixin"]

    _retention_field = "inspected_on"
