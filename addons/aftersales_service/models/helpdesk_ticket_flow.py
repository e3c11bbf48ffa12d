from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

OPEN_REPAIR_STATES = ("draft", "confirmed", "under_repair")


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    can_dispatch = fields.Boolean(compute="_compute_can_act")
    can_repair = fields.Boolean(compute="_compute_can_act")
    can_resolve = fields.Boolean(compute="_compute_can_act")
    can_close = fields.Boolean(compute="_compute_can_act")
    can_reopen = fields.Boolean(compute="_compute_can_act")

    @api.depends("closed", "resolved_at", "case_type_id.needs_dispatch", "repair_ids")
    def _compute_can_act(self):
        for ticket in self:
            is_open = not ticket.closed and not ticket.resolved_at
            ticket.can_dispatch = is_open
            ticket.can_repair = is_open
            ticket.can_resolve = is_open and not ticket.case_type_id.needs_dispatch
            ticket.can_close = not ticket.closed and bool(ticket.resolved_at)
            ticket.can_reopen = ticket.closed or bool(ticket.resolved_at)

    def _stamp(self, name, moment=None):
        """State the fact ``name`` once; the first time counts."""
        # sudo: facts are closed to direct writes
        for ticket in self.sudo():
            if not ticket[name]:
                ticket[name] = moment or fields.Datetime.now()
                if name == "replied_at":
                    ticket._keep_promised_reply()
        if name in ("replied_at", "arranged_at"):
            self._take_up()

    def _take_up(self):
        """Move cases that nobody has attended to into the first working stage."""
        for ticket in self.sudo():  # sudo: stages may be restricted to other teams
            if ticket.unattended:
                ticket.stage_id = ticket._get_stage(
                    Domain("closed", "=", False) & Domain("unattended", "=", False)
                )

    def _get_stage(self, domain):
        """The first stage of the case's team that fits.

        :raises UserError: no such stage is configured
        """
        self.ensure_one()
        stage = self.team_id._get_applicable_stages().filtered_domain(domain)[:1]
        if not stage:
            raise UserError(
                self.env._(
                    "No fitting stage is configured for case %(case)s. Ask the "
                    "after-sales manager to check the stages.",
                    case=self.display_name,
                )
            )
        return stage

    def action_reply(self):
        """Log that the customer was answered."""
        self.check_access("write")
        self._stamp("replied_at")

    def action_contact(self):
        """Log that the customer was called for an appointment."""
        self.check_access("write")
        self._stamp("replied_at")
        self._stamp("contacted_at")

    def action_resolve(self):
        """Settle cases that need no visit, with what settled them.

        :raises UserError: a visit is needed, work is open or no resolution is given
        """
        self.check_access("write")
        for ticket in self:
            ticket._ensure_can_resolve()
            ticket._stamp("replied_at")
            ticket._stamp("resolved_at")

    def _ensure_can_resolve(self):
        self.ensure_one()
        if self.case_type_id.needs_dispatch:
            raise UserError(
                self.env._(
                    "Case %(case)s needs a visit: send a technician and let him finish "
                    "the job, or choose another case type.",
                    case=self.display_name,
                )
            )
        self._ensure_no_open_work()
        if not (self.resolution or "").strip():
            raise UserError(
                self.env._(
                    "Write down under “Resolution” what settled case %(case)s.",
                    case=self.display_name,
                )
            )

    def _get_open_work(self):
        """Jobs and repairs of the case that are neither finished nor cancelled."""
        self.ensure_one()
        repairs = self.repair_ids.filtered(lambda r: r.state in OPEN_REPAIR_STATES)
        jobs = self.dispatch_ids.filtered(
            lambda job: job.state not in ("done", "cancelled")
        )
        return repairs or jobs

    def _ensure_no_open_work(self):
        """:raises UserError: names the first open job or repair"""
        for ticket in self.sudo():  # sudo: anybody's open work counts
            for work in ticket._get_open_work()[:1]:
                raise UserError(
                    self.env._(
                        "%(work)s of case %(case)s is still open. Finish or cancel it "
                        "first.",
                        work=work.display_name,
                        case=ticket.display_name,
                    )
                )

    def action_close(self):
        """Move resolved cases to the stage for what is done."""
        for ticket in self:
            ticket.stage_id = ticket._get_stage(
                Domain("closed", "=", True) & Domain("needs_resolution", "=", True)
            )

    def action_reopen(self):
        """Take up again what is resolved or closed; the clock of facts goes on."""
        self.check_access("write")
        for ticket in self:
            if ticket.closed:
                ticket.stage_id = ticket._get_stage(
                    Domain("closed", "=", False) & Domain("unattended", "=", False)
                )
            else:
                ticket._ensure_can_reopen()
                # sudo: facts are closed to direct writes
                ticket.sudo().write(ticket._prepare_reopen_vals())

    def _get_reopen_blockers(self):
        """Sentences that say why a case stays closed; extension point.

        :return: list of str, empty when the case may be taken up again
        """
        self.ensure_one()
        return []

    def _ensure_can_reopen(self):
        """:raises UserError: names the case and the first thing against it"""
        for ticket in self:
            for reason in ticket._get_reopen_blockers():
                raise UserError(
                    self.env._(
                        "Case %(case)s cannot be reopened: %(reason)s Take down a new "
                        "case instead.",
                        case=ticket.display_name,
                        reason=reason,
                    )
                )

    def _ensure_can_move(self, stage):
        """Hold users to the ways that the stages themselves allow.

        :raises UserError: names the case and the stages it may go to
        """
        if self.env.su:
            return
        for ticket in self:
            allowed = ticket.stage_id.next_stage_ids
            if allowed and stage not in allowed:
                raise UserError(
                    self.env._(
                        "Case %(case)s cannot go from “%(old)s” to “%(new)s”; from "
                        "there it goes to: %(allowed)s.",
                        case=ticket.display_name,
                        old=ticket.stage_id.name,
                        new=stage.name,
                        allowed=", ".join(allowed.mapped("name")),
                    )
                )

    def _prepare_reopen_vals(self):
        self.ensure_one()
        return {
            "closed_date": False,
            "resolved_at": False,
            "reopen_count": self.reopen_count + 1,
        }

    @api.constrains("stage_id")
    def _check_may_close(self):
        for ticket in self:
            if not ticket.closed:
                continue
            ticket._ensure_no_open_work()
            if ticket.stage_id.needs_resolution and not ticket.resolved_at:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s is not resolved yet. Finish its repair, or "
                        "write down a resolution and press “Resolve”.",
                        case=ticket.display_name,
                    )
                )

    def _close_by_customer(self, stage):
        """The customer says that his case is settled.

        :param stage: a stage that a customer may choose
        :raises UserError: the stage is not his to choose, or work is open
        """
        self.ensure_one()
        stages = self.team_id._get_applicable_stages()
        if stage not in stages.filtered("close_from_portal"):
            raise UserError(self.env._("A customer cannot choose this stage."))
        self._ensure_no_open_work()
        if stage.needs_resolution and not self.resolved_at:
            self._stamp("resolved_at")
        self.stage_id = stage

    def _message_post_after_hook(self, message, msg_vals):
        """A public answer of ours in the chatter is a reply."""
        result = super()._message_post_after_hook(message, msg_vals)
        answered = (
            message.message_type == "comment"
            and not message.is_internal
            and message.subtype_id == self.env.ref("mail.mt_comment")
        )
        if answered and self.env.user._is_internal():
            self.filtered(lambda ticket: not ticket.replied_at)._stamp("replied_at")
        return result

    @api.constrains("dealer_id")
    def _check_dealer_unmoved(self):
        for ticket in self:
            jobs = ticket.sudo()._get_open_work()  # sudo: anybody's open work counts
            if any(job.dealer_id != ticket.dealer_id for job in jobs):
                raise ValidationError(
                    self.env._(
                        "Case %(case)s cannot go to another dealer while %(job)s is "
                        "open. Finish or cancel it first.",
                        case=ticket.display_name,
                        job=jobs[0].display_name,
                    )
                )
