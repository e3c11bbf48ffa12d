import pytz

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_local_day(self, moment=None):
        """The day that ``moment`` falls on where the company works.

        Its working calendar tells the time zone, so that everybody is told the same:
        users, dealers, the daily job and whoever scans a certificate.

        :param moment: UTC, now by default
        """
        self.ensure_one()
        # sudo: calendars are hidden from dealers and from the public
        zone = pytz.timezone(self.sudo().resource_calendar_id.tz or "UTC")
        moment = moment or fields.Datetime.now()
        return pytz.utc.localize(moment).astimezone(zone).date()
