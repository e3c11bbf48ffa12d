from odoo import api, fields, models


class AftersalesWarrantyCard(models.Model):
    _inherit = "aftersales.warranty.card"

    @api.depends("reading_ids.total", "reading_ids.date")
    def _compute_usage(self):
        for card in self:
            last = card.reading_ids.sorted(lambda r: (r.date, r.id))[-1:]
            card.usage = last.total

    def _record_usage(self, value, date=None, source="repair"):
        """Record a meter reading.

        :param value: what the meter shows, in the policy's unit
        :raises UserError: the reading is below an earlier one
        """
        return self.env["aftersales.warranty.reading"].create(
            [
                {
                    "card_id": card.id,
                    "value": value,
                    "date": date or fields.Date.context_today(self),
                    "source": source,
                }
                for card in self
            ]
        )

    def _stop_clock(self, date_from, date_to=None, reason=None):
        """Record days in repair; the policy says whether they extend the cover."""
        return self.env["aftersales.warranty.stop"].create(
            [
                {
                    "card_id": card.id,
                    "date_from": date_from,
                    "date_to": date_to,
                    "reason": reason,
                }
                for card in self
            ]
        )
