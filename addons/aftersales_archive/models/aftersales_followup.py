from odoo import models


class AftersalesFollowup(models.Model):
    _name = "aftersales.followup"
    _inherit = ["aftersales.followup", "aftersales.retention.mixin"]

    _retention_field = "asked_on"

    def _is_retained(self):
        return bool(self.score)
