from calendar import monthrange
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields, models


class AftersalesPartsSeason(models.Model):
    _inherit = "aftersales.parts.season"

    is_planned = fields.Boolean(
        string="Stocking Plans",
        default=True,
        help="Dealers plan their stock before this season.",
    )

    def _get_occurrence(self, year):
        """First and last day of the season that begins in ``year``."""
        self.ensure_one()
        first, last = int(self.month_from), int(self.month_to)
        end = year if first <= last else year + 1
        return date(year, first, 1), date(end, last, monthrange(end, last)[1])

    def _get_next_year(self, day):
        """The year in which the next season begins, on ``day`` or after it."""
        self.ensure_one()
        start, _end = self._get_occurrence(day.year)
        return day.year if start >= day else (day + relativedelta(years=1)).year
