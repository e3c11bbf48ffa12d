from odoo import models


class AftersalesDispatch(models.Model):
    _name = "aftersales.dispatch"
    _inherit = ["aftersales.dispatch", "aftersales.retention.mixin"]

    _retention_field = "finished_at"

    def _is_retained(self):
        return self.state != "draft" and bool(self.sent_at)
