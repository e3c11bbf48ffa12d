from datetime import timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_analysis_days = fields.Integer(
        string="Compare Parts Used in",
        default=90,
        help="Complete days up to yesterday that use per machine and outliers look at.",
    )
    aftersales_outlier_pieces = fields.Float(
        string="Outliers from",
        default=3.0,
        help="Pieces. Fewer are never an outlier.",
    )
    aftersales_outlier_peers = fields.Integer(
        string="Peers at Least",
        default=3,
        help="A machine model that fewer other dealers (technicians) have is not "
        "compared. At least two, so that nobody reads one peer's figures.",
    )
    aftersales_outlier_factor = fields.Float(
        string="Limit Factor",
        default=3.0,
        help="Use above expected + factor × √expected is an outlier.",
    )
    aftersales_fill_days = fields.Integer(
        string="Filled within",
        default=3,
        help="Calendar days after the day the parts were asked for; 0 is the same day.",
    )
    aftersales_dead_days = fields.Integer(
        string="Dead after",
        default=180,
        help="Days without a piece going out, or since the first arrived.",
    )
    aftersales_slow_days = fields.Integer(
        string="Slow from",
        default=180,
        help="Stock that lasts longer than so many days at the use of the last 365.",
    )

    _aftersales_outlier_settings = models.Constraint(
        "CHECK (aftersales_analysis_days > 0 AND aftersales_outlier_pieces > 0"
        " AND aftersales_outlier_peers >= 2 AND aftersales_outlier_factor > 0)",
        "Outliers need at least one day, more than zero pieces, two peers and a factor "
        "above zero.",
    )
    _aftersales_stock_settings = models.Constraint(
        "CHECK (aftersales_fill_days >= 0 AND aftersales_dead_days > 0"
        " AND aftersales_slow_days > 0)",
        "Parts are filled within zero or more days; dead and slow stock take at least "
        "one day.",
    )

    def _lock_for_count(self):
        """Let one count the figures of the company at a time.

        :raises UserError: somebody else is counting this very moment
        """
        self.ensure_one()
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "The figures of %(company)s are being counted right now. Reload in "
                    "a minute.",
                    company=self.name,
                )
            ) from error

    # TIME

    def _get_parts_zone(self):
        """Name of the time zone that the company's days begin in."""
        self.ensure_one()
        # sudo: the calendar of a company that the user works for
        return self.sudo().resource_calendar_id.tz or "UTC"

    def _get_parts_today(self):
        """The day it is at the company now."""
        zone = pytz.timezone(self._get_parts_zone())
        return pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()

    def _get_midnight(self, day):
        """When ``day`` begins at the company, as naive UTC."""
        zone = pytz.timezone(self._get_parts_zone())
        midnight = zone.localize(fields.Datetime.to_datetime(day))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_parts_window(self):
        """First and last day that are compared: complete days up to yesterday."""
        today = self._get_parts_today()
        return (
            today - timedelta(days=self.aftersales_analysis_days),
            today - timedelta(days=1),
        )

    def _get_windows_sql(self):
        """The windows of these companies as a table of moments.

        :return: SQL of ``span (company_id, since, until, today)``; until is excluded
        """
        rows = []
        for company in self:
            first, last = company._get_parts_window()
            rows.append(
                SQL(
                    "(%s, %s::timestamp, %s::timestamp, %s::date)",
                    company.id,
                    company._get_midnight(first),
                    company._get_midnight(last + timedelta(days=1)),
                    last + timedelta(days=1),
                )
            )
        return SQL(
            "(VALUES %s) AS span (company_id, since, until, today)",
            SQL(", ").join(rows),
        )
