from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesSlaSeason(models.Model):
    """A stretch of days with tighter promises, such as a harvest.

    The farm statute asks for it: in the busy season a combine or tractor has to run
    again within three days, within one when a small part has failed (order 126 of
    2010, see the shipped policy).
    """

    _name = "aftersales.sla.season"
    _description = "Busy season"
    _order = "date_from, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    date_from = fields.Date(string="First Day", required=True)
    date_to = fields.Date(string="Last Day", required=True)
    yearly = fields.Boolean(
        string="Every Year", default=True, help="Only month and day count."
    )
    all_hours = fields.Boolean(
        string="Around the Clock",
        default=True,
        help="In the season, clocks run day and night whatever the policy's calendar.",
    )

    @api.constrains("date_from", "date_to", "yearly")
    def _check_dates(self):
        for season in self:
            if not season.yearly and season.date_to < season.date_from:
                raise ValidationError(
                    self.env._(
                        "The last day of busy season %(season)s lies before its first. "
                        "Correct the days, or let it return every year.",
                        season=season.name,
                    )
                )

    def _is_on(self, day):
        """Whether ``day`` lies in the season; a yearly one may span New Year."""
        self.ensure_one()
        if not self.yearly:
            return self.date_from <= day <= self.date_to
        first, last, today = (
            (date.month, date.day) for date in (self.date_from, self.date_to, day)
        )
        if first <= last:
            return first <= today <= last
        return today >= first or today <= last
