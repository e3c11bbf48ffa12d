from odoo import models


class AftersalesDispatch(models.Model):
    _inherit = "aftersales.dispatch"

    def action_send(self):
        """Parts to bring that the dealer does not have are noted on the case."""
        res = super().action_send()
        # sudo: a record of what was not there
        for job in self.sudo().filtered("dealer_id"):
            job._note_shortages()
        return res

    def _note_shortages(self):
        self.ensure_one()
        self.env["aftersales.stocking.shortage"]._note(
            [
                {
                    "ticket_id": self.ticket_id.id,
                    "product_id": part.product_id.id,
                    "wanted": part.quantity,
                    "source": "dispatch",
                }
                for part in self.part_ids
                if self.ticket_id.dealer_id
            ]
        )
