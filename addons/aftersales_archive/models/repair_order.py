from odoo import models


class RepairOrder(models.Model):
    _name = "repair.order"
    _inherit = ["repair.order", "aftersales.retention.mixin"]

    _retention_field = "finished_at"

    def _is_retained(self):
        return bool(self.finished_at)
