import logging

from odoo import api, fields, models
from odoo.fields import Domain

from ..utils.clockwork import Clockwork

_logger = logging.getLogger(__name__)

BATCH = 200
CHUNK = 50


class AftersalesSlaClock(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.sla.clock"

    # THE LADDER

    def _get_ladder(self, work):
        """The rungs of an open clock that are not taken yet.

        :return: list of (rung, moment); none while the clock is paused
        """
        self.ensure_one()
        noticed = work.get_noticed(self)
        pairs = (
            (rung, self._get_moment(work, offset))
            for rung, offset in work.rungs._get_for(self)
            if rung.id not in noticed
            and not (rung._is_warning() and self.state == "missed")
        )
        return [(rung, moment) for rung, moment in pairs if moment]

    def _prepare_event_vals(self, work):
        """When the clock warns, and when it is next to be looked at."""
        self.ensure_one()
        if not self.is_open:
            return {"next_event_at": False}
        ladder = self._get_ladder(work)
        warnings = [moment for rung, moment in ladder if rung._is_warning()]
        moments = [moment for _rung, moment in ladder]
        if self.state == "running":
            moments.append(self.deadline)
        vals = {"next_event_at": min(moments, default=False)}
        if self.state == "running" and not self.warned:
            vals["warn_at"] = min(warnings, default=False)
        return vals

    # THE SCHEDULED JOB

    @api.model
    def _cron_run(self, batch=BATCH):
        """Warn and escalate where it is due; nothing is done twice.

        Each chunk is committed, so that a stopped run goes on where it was.
        """
        domain, cron = self._get_due_domain(), self.env["ir.cron"]
        clocks = self.search(domain, limit=batch, order="next_event_at, id")
        cron._commit_progress(remaining=self.search_count(domain))
        for start in range(0, len(clocks), CHUNK):
            chunk = clocks[start : start + CHUNK].try_lock_for_update()
            chunk._run_due()
            if not cron._commit_progress(len(chunk)):
                break

    @api.model
    def _get_due_domain(self):
        return Domain("next_event_at", "<=", fields.Datetime.now())

    def _run_due(self):
        """Run these clocks; one that fails is put off and stops no other."""
        try:
            with self.env.cr.savepoint():
                self._run()
                return
        except Exception:
            self.env.invalidate_all()
            if len(self) == 1:
                _logger.exception("Clock %s is put off for an hour", self.id)
                self.next_event_at = fields.Datetime.add(fields.Datetime.now(), hours=1)
                return
        for clock in self:
            clock._run_due()

    def _run(self):
        """Mark what is missed, take the rungs that are due, plan the next event."""
        work = Clockwork(self.ticket_id)
        self._refresh(work)
        vals_list = []
        for clock in self.filtered("is_open"):
            due = [rung for rung, at in clock._get_ladder(work) if at <= work.now]
            vals_list += [clock._prepare_notice_vals(rung) for rung in due]
            work.get_noticed(clock).update(rung.id for rung in due)
            clock._count_rungs(due)
        notices = self.env["aftersales.sla.notice"].create(vals_list)
        notices._send()
        for clock in self:
            clock._write_changes(clock._prepare_event_vals(work))

    def _count_rungs(self, rungs):
        late = [rung for rung in rungs if not rung._is_warning()]
        if late:
            self.escalation_level += len(late)
        if len(late) < len(rungs):
            self.warned = True

    def _prepare_notice_vals(self, rung):
        self.ensure_one()
        users = rung._get_users(self.ticket_id)
        return {
            "clock_id": self.id,
            "escalation_id": rung.id,
            "user_ids": [fields.Command.set(users.ids)],
        }

    def _clear_activities(self):
        """Take back what was asked of people, where nothing is late any more."""
        tickets = self.ticket_id.filtered(
            lambda ticket: ticket.sla_state not in ("late", "at_risk")
        )
        if any(clock.warned or clock.escalation_level for clock in self):
            tickets.activity_unlink(["aftersales_sla.mail_activity_type_clock"])
