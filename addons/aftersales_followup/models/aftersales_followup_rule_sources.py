from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.fields import Domain

from ..utils.periods import get_days, get_round, get_starts
from .aftersales_followup_rule import Occasion


class AftersalesFollowupRule(models.Model):
    """What a rule finds: one ``_get_<trigger>_sources`` and one
    ``_prepare_<trigger>_occasion`` per trigger. A new trigger brings both.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.followup.rule"

    def _get_today(self):
        return self._get_day(fields.Datetime.now())

    def _get_timezone(self):
        self.ensure_one()
        return self.company_id.resource_calendar_id.tz or "UTC"

    def _get_day(self, moment):
        """The day of ``moment`` (UTC) by the company's working calendar."""
        zone = pytz.timezone(self._get_timezone())
        return pytz.utc.localize(moment).astimezone(zone).date()

    def _get_since(self):
        """The first day whose events the rule still takes up."""
        self.ensure_one()
        oldest = self._get_today() - timedelta(days=self.lookback_days)
        return max(self.date_from, oldest)

    def _get_since_moment(self):
        """The same as a moment in UTC."""
        zone = pytz.timezone(self._get_timezone())
        local = zone.localize(datetime.combine(self._get_since(), time.min))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_sources(self):
        """All records that the rule may ask about now, in the order of their ids."""
        self.ensure_one()
        return getattr(self, f"_get_{self.trigger}_sources")()

    def _prepare_occasions(self, sources):
        """:return: list of :class:`Occasion`, one per source"""
        self.ensure_one()
        prepare = getattr(self, f"_prepare_{self.trigger}_occasion")
        return [prepare(source) for source in sources]

    # Cases

    def _get_ticket_domain(self):
        """The rule's conditions on a case."""
        self.ensure_one()
        domain = Domain("company_id", "in", [self.company_id.id, False])
        if self.case_type_ids:
            domain &= Domain("case_type_id", "in", self.case_type_ids.ids)
        if self.severity:
            severe = [str(level) for level in range(1, int(self.severity) + 1)]
            domain &= Domain("severity", "in", severe)
        if self.verdict:
            domain &= Domain("verdict", "=", self.verdict)
        return domain

    def _get_case_closed_sources(self):
        return self.env["helpdesk.ticket"].search(
            self._get_ticket_domain()
            & Domain("closed", "=", True)
            & Domain("closed_date", ">=", self._get_since_moment()),
            order="id",
        )

    def _prepare_case_closed_occasion(self, ticket):
        # a case that is reopened and closed again is another occasion
        return Occasion(
            key=f"helpdesk.ticket,{ticket.id},{ticket.reopen_count}",
            day=self._get_day(ticket.closed_date),
            vals={"ticket_id": ticket.id},
        )

    # Repairs

    def _get_repair_finished_sources(self):
        return self.env["repair.order"].search(
            Domain("ticket_id", "any", self._get_ticket_domain())
            & Domain("state", "=", "done")
            & Domain("finished_at", ">=", self._get_since_moment()),
            order="id",
        )

    def _prepare_repair_finished_occasion(self, repair):
        return Occasion(
            key=f"repair.order,{repair.id}",
            day=self._get_day(repair.finished_at),
            vals={"ticket_id": repair.ticket_id.id, "repair_id": repair.id},
        )

    # Machines

    def _get_card_domain(self):
        return (
            Domain("company_id", "in", [self.company_id.id, False])
            & Domain("state", "=", "active")
            & Domain("partner_id", "!=", False)
        )

    def _get_delivered_sources(self):
        since = self._get_since()
        return self.env["aftersales.warranty.card"].search(
            self._get_card_domain()
            & (
                Domain("delivery_date", ">=", since)
                | (
                    Domain("delivery_date", "=", False)
                    & Domain("sale_date", ">=", since)
                )
            ),
            order="id",
        )

    def _prepare_delivered_occasion(self, card):
        return Occasion(
            key=f"aftersales.warranty.card,{card.id}",
            day=card.delivery_date or card.sale_date,
            vals={"card_id": card.id},
        )

    def _get_periodic_sources(self):
        starts = set()
        for day in get_days(self._get_since(), self._get_today()):
            starts |= get_starts(day, self.months)
        return self.env["aftersales.warranty.card"].search(
            self._get_card_domain() & Domain("sale_date", "in", list(starts)),
            order="id",
        )

    def _prepare_periodic_occasion(self, card):
        count = get_round(card.sale_date, self._get_today(), self.months)
        months = fields.Date.add(card.sale_date, months=count * self.months)
        return Occasion(
            key=f"aftersales.warranty.card,{card.id},{count}",
            day=months,
            vals={"card_id": card.id},
        )
