from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def dealer_partner_domain(self):
        """Certificates name their holders: a dealer reads his own service staff."""
        domain = super().dealer_partner_domain()
        if not self.dealer_id:
            return domain
        return domain | Domain(
            "aftersales_staff_ids.dealer_id", "in", self.dealer_id.ids
        )
