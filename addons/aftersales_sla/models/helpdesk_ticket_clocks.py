from odoo import api, fields, models
from odoo.fields import Domain

from ..utils.clockwork import Clockwork
from .aftersales_sla_target import TARGETS

# Facts that mean that a target is reached; the earliest counts. Who has arrived had
# been arranged, and what is resolved needs nothing else.
REACHED_BY = {
    "reply": ("replied_at", "contacted_at", "arrived_at", "resolved_at"),
    "arrange": ("arranged_at", "arrived_at", "resolved_at"),
    "contact": ("contacted_at", "arrived_at", "resolved_at"),
    "arrive": ("arrived_at", "resolved_at"),
    "restore": ("restored_at", "resolved_at"),
    "resolve": ("resolved_at",),
}
# Run again when a case is reopened.
RERUN = ("restore", "resolve")
CLOCKED_FIELDS = frozenset(
    {
        "active",
        "case_type_id",
        "company_id",
        "dealer_id",
        "lot_id",
        "partner_id",
        "product_id",
        "reopen_count",
        "reported_at",
        "serial",
        "service_level_id",
        "severity",
        "stage_id",
        *(name for names in REACHED_BY.values() for name in names),
    }
)
# Whoever had these when a deadline passed is responsible.
RESPONSIBLE_FIELDS = frozenset({"dealer_id", "user_id"})


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets._sync_clocks()
        return tickets

    def write(self, vals):
        clocked = not CLOCKED_FIELDS.isdisjoint(vals)
        if clocked or not RESPONSIBLE_FIELDS.isdisjoint(vals):
            self._settle_misses()
        result = super().write(vals)
        if clocked:
            self._sync_clocks()
        return result

    @api.model
    def _get_fact_fields(self):
        return (*super()._get_fact_fields(), "restored_at", "reopened_at")

    def _prepare_reopen_vals(self):
        return {
            **super()._prepare_reopen_vals(),
            "restored_at": False,
            "restoration": False,
            "reopened_at": fields.Datetime.now(),
        }

    def _create_repair(self, dispatch=None):
        """A machine that was brought in is arranged for, and nobody has to come."""
        repair = super()._create_repair(dispatch)
        if not dispatch:
            self._stamp("arranged_at")
            self._stamp("arrived_at")
        return repair

    # FACTS

    def _get_sla_fact(self, target):
        """When a target was reached, or False; extension point."""
        self.ensure_one()
        moments = [self[name] for name in REACHED_BY[target] if self[name]]
        return min(moments, default=False)

    @api.model
    def _get_sla_rerun_targets(self):
        """Targets that run again when a case is reopened; extension point."""
        return RERUN

    def _get_sla_staff(self):
        """The technician of the case's last job that was sent."""
        self.ensure_one()
        jobs = self.dispatch_ids.filtered(
            lambda job: job.state not in ("draft", "cancelled")
        )
        return jobs.sorted("id")[-1:].staff_id

    def _is_clocked(self):
        """Whether anything is waited for."""
        self.ensure_one()
        return self.active and not self.closed and not self.resolved_at

    # CLOCKS

    def _settle_misses(self):
        """Mark what is missed now, before somebody else takes the case over."""
        # sudo: clocks are written by the server only
        clocks = self.env["aftersales.sla.clock"].sudo()
        overdue = clocks.search(
            Domain("ticket_id", "in", self.ids)
            & Domain("is_open", "=", True)
            & Domain("state", "=", "running")
            & Domain("deadline", "<", fields.Datetime.now())
        )
        overdue._refresh(Clockwork(overdue.ticket_id))

    def _sync_clocks(self):
        """Bring the clocks in line with case, facts, promises and pauses.

        Safe to call at any time: without a change nothing is written.
        """
        # sudo: clocks are written by the server only
        tickets = self.sudo()
        clocks = tickets.env["aftersales.sla.clock"]
        work = Clockwork(tickets)
        found = clocks.search(Domain("ticket_id", "in", tickets.ids))
        by_ticket = found.grouped("ticket_id")
        was_open = found.filtered("is_open")
        obsolete, vals_list = clocks, []
        for ticket in tickets:
            own = by_ticket.get(ticket, clocks)
            wanted = ticket._get_wanted_clocks(work)
            obsolete |= ticket._get_obsolete_clocks(own, wanted)
            vals_list += ticket._align_clocks(own, wanted)
        obsolete.unlink()
        current = (found - obsolete) | clocks.create(vals_list)
        current._refresh(work)
        (current & was_open).filtered(lambda c: not c.is_open)._clear_activities()
        tickets._end_idle_pauses()

    def _get_wanted_clocks(self, work):
        """What the case is promised now.

        :return: dict of target's key to values of its clock; empty when nothing is
            waited for
        """
        self.ensure_one()
        if not self._is_clocked():
            return {}
        policy = work.policies._get_for(self)
        calendar = policy._get_calendar(self) if policy else policy
        return {
            target.target: self._prepare_clock_vals(policy, target, calendar)
            for target in policy._get_targets(self).values()
        }

    def _prepare_clock_vals(self, policy, target, calendar):
        self.ensure_one()
        keys = [key for key, _label in TARGETS]
        return {
            "policy_id": policy.id,
            "sequence": keys.index(target.target),
            "service_level_id": self.service_level_id.id,
            "severity": self.severity,
            "case_type_id": self.case_type_id.id,
            "calendar_id": calendar.id,
            "minutes": target._get_minutes(calendar),
            "responsible_dealer_id": self.dealer_id.id,
        }

    def _get_obsolete_clocks(self, clocks, wanted):
        """Promises that no longer hold, unless they were decided already."""
        return clocks.filtered(
            lambda clock: (
                clock.is_open
                and clock.state in ("running", "paused")
                and clock.target not in wanted
                and not clock._get_fact()
            )
        )

    def _align_clocks(self, clocks, wanted):
        """Update the clocks that run; return the values of those that are missing."""
        self.ensure_one()
        missing = []
        for target, vals in wanted.items():
            rerun = target in self._get_sla_rerun_targets()
            own = clocks.filtered(
                lambda clock, target=target, rerun=rerun: (
                    clock.target == target
                    and (not rerun or clock.round == self.reopen_count)
                )
            )
            running = own.filtered(lambda clock: clock.state in ("running", "paused"))
            for clock in running:
                start = self._get_clock_start(clock.round)
                clock._write_changes({**vals, "start_at": start})
            if not own:
                missing.append(
                    {
                        **vals,
                        "ticket_id": self.id,
                        "target": target,
                        "round": self.reopen_count,
                        "start_at": self._get_clock_start(self.reopen_count),
                    }
                )
        return missing

    def _get_clock_start(self, number):
        """Since when the clocks of a round run."""
        self.ensure_one()
        return (number and self.reopened_at) or self.reported_at

    def _end_idle_pauses(self):
        """Nothing is paused on a case that waits for nothing."""
        idle = self.filtered(lambda ticket: ticket.is_paused and not ticket.sla_state)
        idle._end_pauses()
