from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def dealer_partner_domain(self):
        domain = super().dealer_partner_domain()
        if not self.is_dealer:
            return domain
        dealers = self.dealer_id.ids
        return (
            domain
            | Domain("warranty_card_ids.dealer_id", "in", dealers)
            | Domain("warranty_owner_ids.dealer_id", "in", dealers)
        )

    @api.private
    def dealer_lot_domain(self):
        """Domain of the serial numbers that this user's fence lets him read.

        Extension point of the record rule on ``stock.lot``: an addon whose documents
        name a machine adds ``super() | Domain(…)``.
        """
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        return Domain("card_ids.dealer_id", "in", self.dealer_id.ids)
