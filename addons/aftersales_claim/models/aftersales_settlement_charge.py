from odoo import models
from odoo.fields import Domain


class AftersalesSettlement(models.Model):
    """Old-part charges go into the dealer's next settlement."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.settlement"

    def _rebuild_lines(self):
        res = super()._rebuild_lines()
        self._take_charges()
        return res

    def _take_charges(self):
        """Deduct open charges, oldest first, as far as something is left to pay.

        A charge has one settlement line, ever: what finds no room waits for the next
        settlement.
        """
        charges = self.env["aftersales.old.part.charge"]
        charges._cron_charge_overdue()
        for settlement in self:
            waiting = charges.search(
                Domain("dealer_id", "=", settlement.dealer_id.id)
                & Domain("company_id", "=", settlement.company_id.id)
                & Domain("settlement_line_id", "=", False)
                & Domain("dropped", "=", False),
                order="id",
            )
            left = sum(settlement.line_ids.mapped("amount"))
            for charge in waiting.try_lock_for_update():
                if settlement.currency_id.compare_amounts(left, -charge.amount) > 0:
                    vals = charge._prepare_settlement_line_vals(settlement)
                    line = self.env["aftersales.settlement.line"].create(vals)
                    charge.settlement_line_id = line
                    left += charge.amount
