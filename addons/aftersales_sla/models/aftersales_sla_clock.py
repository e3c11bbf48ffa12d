from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.aftersales_service.models.aftersales_case_type import SEVERITIES

from .aftersales_sla_target import TARGETS

COMPANY_ONLY = "base.group_user,!aftersales_dealer.group_dealer_user"


class AftersalesSlaClock(models.Model):
    """One promise to one case: by when, whether it was kept, and whose it was.

    The server alone writes clocks, from the facts of the case. A promise that was
    missed stays missed and keeps whose it was, whatever becomes of the case later; one
    that was met runs again only when the fact itself is withdrawn, as when a
    technician gives his job back.
    """

    _name = "aftersales.sla.clock"
    _description = "Clock of a case"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "ticket_id desc, round, sequence, id"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Case", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="ticket_id.dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True
    )
    target = fields.Selection(selection=TARGETS, required=True)
    sequence = fields.Integer(help="Position of the target.")
    round = fields.Integer(help="How often the case had been reopened before.")
    # What was promised
    policy_id = fields.Many2one(
        "aftersales.sla.policy", string="Promise", index=True, ondelete="restrict"
    )
    service_level_id = fields.Many2one("aftersales.service.level", ondelete="restrict")
    severity = fields.Selection(selection=SEVERITIES)
    case_type_id = fields.Many2one("aftersales.case.type", ondelete="restrict")
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        ondelete="restrict",
        help="Empty: the clock runs around the clock.",
    )
    minutes = fields.Integer(
        string="Promised Minutes", aggregator="avg", help="Of working time."
    )
    start_at = fields.Datetime(string="Since", required=True)
    # Where it stands
    state = fields.Selection(
        selection=[
            ("running", "Running"),
            ("paused", "Paused"),
            ("met", "Met"),
            ("missed", "Missed"),
        ],
        required=True,
        default="running",
    )
    is_open = fields.Boolean(help="Still waited for, be it late.")
    deadline = fields.Datetime(index=True, help="Empty while the clock is paused.")
    warn_at = fields.Datetime(string="Warning", help="When the first warning is due.")
    warned = fields.Boolean()
    reached_at = fields.Datetime(string="Reached")
    remaining_minutes = fields.Integer(
        string="Minutes Left", aggregator=None, help="When the clock was paused."
    )
    next_event_at = fields.Datetime(help="When the clock has to be looked at again.")
    escalation_level = fields.Integer(
        aggregator="max", help="Rungs of the ladder taken after the deadline."
    )
    notice_ids = fields.One2many("aftersales.sla.notice", "clock_id", string="Told")
    open_deadline = fields.Datetime(compute="_compute_open_deadline")
    # Whose it was
    responsible_dealer_id = fields.Many2one(
        "aftersales.dealer",
        index=True,
        ondelete="restrict",
        groups=COMPANY_ONLY,
        help="The dealer at the deadline, or of the case while it is not missed.",
    )
    missed_user_id = fields.Many2one(
        "res.users", string="Handled by", groups=COMPANY_ONLY, ondelete="restrict"
    )
    missed_staff_id = fields.Many2one(
        "aftersales.staff",
        string="Technician",
        groups=COMPANY_ONLY,
        ondelete="restrict",
    )
    # Measures
    late_minutes = fields.Integer(
        help="Working time from the deadline to the fact.", aggregator="avg"
    )
    missed_count = fields.Integer(
        string="Missed", compute="_compute_measures", store=True
    )
    met_rate = fields.Float(
        string="Met (%)", compute="_compute_measures", store=True, aggregator="avg"
    )

    _target_uniq = models.UniqueIndex(
        "(ticket_id, target, round)", "A case has one clock for each target."
    )
    # The scheduled job looks at nothing else: closed cases cost it nothing.
    _next_event_idx = models.Index(
        "(next_event_at, id) WHERE next_event_at IS NOT NULL"
    )
    _open_idx = models.Index("(ticket_id) WHERE is_open")

    @api.depends("target", "ticket_id.number", "round")
    def _compute_display_name(self):
        targets = dict(self._fields["target"]._description_selection(self.env))
        for clock in self:
            clock.display_name = f"{clock.ticket_id.number} {targets[clock.target]}"

    @api.depends("deadline", "is_open")
    def _compute_open_deadline(self):
        for clock in self:
            clock.open_deadline = clock.is_open and clock.deadline

    @api.depends("state")
    def _compute_measures(self):
        for clock in self:
            clock.missed_count = int(clock.state == "missed")
            clock.met_rate = 100.0 if clock.state == "met" else 0.0

    # WHERE A CLOCK STANDS

    def _refresh(self, work):
        """Bring state, deadline and next event in line with facts and pauses.

        :param work: the ``Clockwork`` of this run
        """
        for clock in self:
            vals = clock._prepare_state_vals(work)
            clock._write_changes(vals)
            clock._write_changes(clock._prepare_event_vals(work))

    def _write_changes(self, vals):
        self.ensure_one()
        changes = {
            name: value
            for name, value in vals.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if changes:
            self.write(changes)

    def _get_fact(self):
        """When the target was reached in this round, or False.

        A restored or resolved machine of an earlier round is none of this one's.
        """
        self.ensure_one()
        if self._is_past_round():
            return self.reached_at
        return self.ticket_id._get_sla_fact(self.target)

    def _is_past_round(self):
        return (
            self.target in self.ticket_id._get_sla_rerun_targets()
            and self.round < self.ticket_id.reopen_count
        )

    def _prepare_state_vals(self, work):
        self.ensure_one()
        fact = self._get_fact()
        is_open = (
            not fact and not self._is_past_round() and self.ticket_id._is_clocked()
        )
        vals = {"is_open": is_open, "reached_at": fact}
        if self.state == "missed":
            late = self._get_late_minutes(work, fact) if fact else 0
            return {**vals, "late_minutes": late}
        if fact and self.state == "met" and self.reached_at == fact:
            return vals
        deadline = self._get_moment(work, timedelta(minutes=self.minutes), fact)
        if fact and fact <= deadline:
            return {**vals, "deadline": deadline, "state": "met"}
        if deadline and (fact or deadline <= work.now):
            late = self._get_late_minutes(work, fact, deadline) if fact else 0
            missed = self._prepare_miss_vals()
            return {**vals, "deadline": deadline, "late_minutes": late, **missed}
        return {
            **vals,
            "deadline": deadline or False,
            "state": "running" if deadline else "paused",
            "remaining_minutes": 0 if deadline else self._get_remaining(work),
        }

    def _get_moment(self, work, amount, fact=False):
        """When ``amount`` of this clock's working time has run; None while paused.

        :param fact: a pause that still lasts ends with it
        """
        pauses = work.get_pauses(self.ticket_id)
        if fact:
            pauses = [(begin, end or max(begin, fact)) for begin, end in pauses]
        worktime = work.get_worktime(self.calendar_id)
        return worktime.plan(self.start_at, amount, pauses)

    def _get_remaining(self, work):
        """Minutes of working time left when the lasting pause began."""
        worktime = work.get_worktime(self.calendar_id)
        pauses = work.get_pauses(self.ticket_id)
        run = worktime.elapsed(self.start_at, work.now, pauses)
        return self.minutes - round(run.total_seconds() / 60)

    def _get_late_minutes(self, work, fact, deadline=None):
        worktime = work.get_worktime(self.calendar_id)
        pauses = work.get_pauses(self.ticket_id)
        late = worktime.elapsed(deadline or self.deadline, fact, pauses)
        return round(late.total_seconds() / 60)

    def _prepare_miss_vals(self):
        """The miss, and whose it is at this moment; extension point."""
        self.ensure_one()
        ticket = self.ticket_id
        return {
            "state": "missed",
            "responsible_dealer_id": ticket.dealer_id.id,
            "missed_user_id": ticket.user_id.id,
            "missed_staff_id": ticket._get_sla_staff().id,
        }
