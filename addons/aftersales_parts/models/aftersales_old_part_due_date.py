from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.date_utils import relativedelta


class AftersalesOldPartDueDate(models.Model):
    """A day of the year by which dealers send back their old parts."""

    _name = "aftersales.old.part.due.date"
    _description = "Old parts due date"
    _order = "month, day"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    month = fields.Integer(required=True, default=12, help="1 to 12")
    day = fields.Integer(required=True, default=31, help="1 to 31")
    reminder_days = fields.Char(
        string="Remind Days Before",
        default="30, 7, 0",
        help="How many days before the due date the dealers are reminded of the old "
        "parts that they still have, e.g. 30, 7, 0. Empty: no reminders.",
    )

    @api.constrains("month", "day")
    def _check_day(self):
        for due in self:
            try:
                # a common year: the 29th of February does not come every year
                date(2001, due.month, due.day)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%(name)s: day %(day)s of month %(month)s does not exist every "
                        "year. Enter a month from 1 to 12 and a day of that month.",
                        name=due.name,
                        day=due.day,
                        month=due.month,
                    )
                ) from error

    @api.constrains("reminder_days")
    def _check_reminder_days(self):
        for due in self:
            parts = [part.strip() for part in (due.reminder_days or "").split(",")]
            if any(part and not part.isdigit() for part in parts):
                raise ValidationError(
                    self.env._(
                        "%(name)s: write the days before the due date as numbers with "
                        "commas between them, e.g. 30, 7, 0.",
                        name=due.name,
                    )
                )

    def _get_reminder_days(self):
        """The days before this date on which dealers are reminded, ascending."""
        self.ensure_one()
        parts = (self.reminder_days or "").split(",")
        return sorted(int(part) for part in parts if part.strip())

    def _get_day_on_or_after(self, day):
        """The next coming of this date."""
        self.ensure_one()
        this_year = date(day.year, self.month, self.day)
        return this_year if this_year >= day else this_year + relativedelta(years=1)

    @api.model_create_multi
    def create(self, vals_list):
        due_dates = super().create(vals_list)
        self._refresh_open_old_parts()
        return due_dates

    def write(self, vals):
        res = super().write(vals)
        if {"month", "day", "active"} & vals.keys():
            self._refresh_open_old_parts()
        return res

    def unlink(self):
        res = super().unlink()
        self._refresh_open_old_parts()
        return res

    @api.model
    def _refresh_open_old_parts(self):
        """Tags that are not sent yet follow the new dates; sent ones keep theirs."""
        # sudo: a new date holds for the tags of all dealers
        old_parts = self.env["aftersales.old.part"].sudo()
        old_parts.search([("state", "=", "recovered")])._set_due_date()

    @api.model
    def _get_next(self, after):
        """The first due date later than the day ``after``; False without any."""
        # sudo: a rule of the company, the same for whoever finishes the repair
        due_dates = self.sudo().search([("active", "=", True)])
        days = [
            day
            for due in due_dates
            for day in (
                date(after.year, due.month, due.day),
                date(after.year, due.month, due.day) + relativedelta(years=1),
            )
            if day > after
        ]
        return min(days, default=False)
