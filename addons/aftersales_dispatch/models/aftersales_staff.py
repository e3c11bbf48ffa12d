from datetime import datetime, time, timedelta

import pytz
from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import babel_locale_parse

MANAGER = "aftersales_dealer.group_manager"
SUSPENSION_FIELDS = ("suspended_from", "suspended_to", "suspension_reason")


class AftersalesStaff(models.Model):
    """Where a technician serves, and when he does not."""

    _inherit = "aftersales.staff"

    territory_ids = fields.One2many("aftersales.staff.territory", "staff_id")
    absence_ids = fields.One2many("aftersales.staff.absence", "staff_id")
    suspended_from = fields.Date(readonly=True, copy=False, tracking=True)
    suspended_to = fields.Date(
        readonly=True, copy=False, tracking=True, help="Empty: until further notice."
    )
    suspension_reason = fields.Char(readonly=True, copy=False, tracking=True)
    is_suspended = fields.Boolean(compute="_compute_is_suspended")
    can_suspend = fields.Boolean(compute="_compute_can_suspend")

    @api.depends("suspended_from", "suspended_to")
    def _compute_is_suspended(self):
        today = fields.Date.context_today(self)
        for staff in self:
            staff.is_suspended = bool(staff.suspended_from) and (
                not staff.suspended_to or staff.suspended_to >= today
            )

    @api.depends_context("uid")
    def _compute_can_suspend(self):
        self.can_suspend = self.env.user.has_group(MANAGER)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_suspension_closed({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_suspension_closed(vals)
        return super().write(vals)

    @api.model
    def _check_suspension_closed(self, names):
        """:raises AccessError: a suspension is the after-sales manager's measure"""
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        if any(name in names for name in SUSPENSION_FIELDS):
            raise AccessError(
                self.env._(
                    "Only the after-sales manager suspends or reinstates service "
                    "staff. Enter an absence instead."
                )
            )

    def action_suspend(self):
        """Ask from when to when, and why."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Suspend"),
            "res_model": "aftersales.staff.suspend",
            "view_mode": "form",
            "target": "new",
            "context": {"default_staff_ids": self.ids},
        }

    def action_reinstate(self):
        """End the suspension.

        :raises UserError: a person is not suspended
        """
        for staff in self:
            if not staff.suspended_from:
                raise UserError(
                    self.env._("%(staff)s is not suspended.", staff=staff.name)
                )
        self.write(dict.fromkeys(SUSPENSION_FIELDS, False))

    # -- days ----------------------------------------------------------------

    def _get_calendar(self):
        """The working calendar that he is dispatched by: his dealer's, or ours."""
        self.ensure_one()
        company = self.dealer_id.company_id or self.env.company
        return self.dealer_id.calendar_id or company.resource_calendar_id

    def _get_timezone(self):
        self.ensure_one()
        return pytz.timezone(self._get_calendar().tz or self.env.user.tz or "UTC")

    def _get_days_in_utc(self, date_from, date_to):
        """Start and end in UTC of whole days where he works, the last included."""
        zone = self._get_timezone()
        return tuple(
            zone.localize(datetime.combine(day, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (date_from, date_to + timedelta(days=1))
        )

    def _get_local_day(self, moment):
        """The day that ``moment``, in UTC, falls on where he works."""
        self.ensure_one()
        zone = self._get_timezone()
        return pytz.utc.localize(moment).astimezone(zone).date()

    @api.model
    def _format_days(self, date_from, date_to):
        """A period for reading: "Nov 3 – Nov 5"."""
        locale = babel_locale_parse(self.env.lang)
        days = [date_from, date_to] if date_from != date_to else [date_from]
        return " – ".join(format_skeleton("MMMd", day, locale=locale) for day in days)
