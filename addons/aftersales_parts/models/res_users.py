from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def dealer_lot_domain(self):
        """Also the lots of the parts that lie in the dealer's own place."""
        return super().dealer_lot_domain() | Domain(
            "quant_ids.dealer_id", "in", self.dealer_id.ids
        )
