from odoo import models


class AftersalesWarrantyCard(models.Model):
    _name = "aftersales.warranty.card"
    _inherit = ["aftersales.warranty.card", "aftersales.retention.mixin"]

    _retention_field = "end_date"

    def _is_retained(self):
        return self.state != "draft"
