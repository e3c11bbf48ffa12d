from calendar import monthrange
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, models


class AftersalesPartsSeason(models.Model):
    """Seasons (作业期) as the clock of unsold stock."""

    _inherit = "aftersales.parts.season"

    @api.model
    def _get_for_category(self, category):
        """Seasons of the category or one above it, else those of every category."""
        seasons = self.search([("active", "=", True)])
        above = {int(part) for part in (category.parent_path or "").split("/") if part}
        own = seasons.filtered(lambda season: above & set(season.category_ids.ids))
        return own or seasons.filtered(lambda season: not season.category_ids)

    def _get_end_of(self, count, day, months):
        """The day on which ``count`` seasons that began after ``day`` are over.

        A season in which the goods came does not count: the dealer did not have all of
        it. Without a season on record each lasts ``months`` months from ``day``.

        :param int count: seasons that have to pass, at least 1
        :param date day: when the dealer received the goods
        :param int months: length of a season of which nothing is on record
        """
        if not self:
            return day + relativedelta(months=months * count)
        ends = [
            season._get_end_in(year)
            for season in self
            for year in range(day.year, day.year + count + 2)
            if date(year, int(season.month_from), 1) > day
        ]
        return sorted(ends)[count - 1]

    def _get_end_in(self, year):
        """The last day of the season that begins in ``year``."""
        self.ensure_one()
        first, last = int(self.month_from), int(self.month_to)
        if last < first:
            year += 1
        return date(year, last, monthrange(year, last)[1])
