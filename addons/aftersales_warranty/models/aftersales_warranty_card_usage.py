from datetime import date as Date
from math import inf

from odoo import api, fields, models


class AftersalesWarrantyCard(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.warranty.card"

    @api.depends("reading_ids.total", "reading_ids.date")
    def _compute_usage(self):
        for card in self:
            card.usage = card._get_last_reading().total

    def _get_last_reading(self, on_date=None):
        """The last reading, or the last one on or before ``on_date``."""
        readings = self.reading_ids
        if on_date:
            readings = readings.filtered(lambda r: r.date and r.date <= on_date)
        # a row being typed in the form has no id and perhaps no date yet
        order = readings.sorted(lambda r: (r.date or Date.min, r._origin.id or inf))
        return order[-1:]

    def _get_usage_on(self, on_date):
        """Usage known on ``on_date`` in the policy's unit; None when never read."""
        reading = self._get_last_reading(on_date)
        return reading.total if reading else None

    def _record_usage(self, value, date=None, source="repair"):
        """Record a meter reading on each card.

        :param value: what the meter shows, in the policy's unit
        :param date: day of the reading; default today
        :raises ValidationError: the reading is below an earlier or above a later one
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
        """Record days in repair; the policy says whether they extend the cover.

        :param date_to: day the machine was handed back; None while the repair goes on
        """
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
