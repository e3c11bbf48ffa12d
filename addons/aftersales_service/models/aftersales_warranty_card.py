from urllib.parse import urlencode

from odoo import models


class AftersalesWarrantyCard(models.Model):
    _inherit = "aftersales.warranty.card"

    def _get_public_values(self):
        values = super()._get_public_values()
        query = urlencode({"serial": self.serial or ""})
        is_open = self.company_id.aftersales_request_limit
        values["request_url"] = is_open and f"/aftersales/request?{query}"
        return values
