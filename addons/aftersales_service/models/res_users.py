from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def dealer_partner_domain(self):
        # the customer of a case is known to the dealer who serves it
        domain = super().dealer_partner_domain()
        if not self.is_dealer:
            return domain
        return domain | Domain(
            "helpdesk_ticket_ids.dealer_id", "in", self.dealer_id.ids
        )

    @api.private
    def dealer_lot_domain(self):
        # so is the machine, whoever sold it
        domain = super().dealer_lot_domain()
        if not self.is_dealer:
            return domain
        return domain | Domain("ticket_ids.dealer_id", "in", self.dealer_id.ids)

    @api.private
    def dealer_move_domain(self):
        """Domain of the stock moves that this user's fence lets him see.

        Extension point of the record rule on ``stock.move``: an addon that gives a
        dealer stock of his own adds ``| Domain(…)``.
        """
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        return Domain("repair_id.dealer_id", "in", self.dealer_id.ids)
