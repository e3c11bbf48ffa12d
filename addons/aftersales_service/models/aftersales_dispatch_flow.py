from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# Steps that the technician takes himself, if he has a login.
PERFORMER_STEPS = ("accept", "refuse", "arrive", "finish")
DISPATCHERS = "aftersales_dealer.group_dealer_manager,aftersales_dealer.group_support"


class AftersalesDispatch(models.Model):
    _inherit = "aftersales.dispatch"

    can_send = fields.Boolean(compute="_compute_can")

    can_accept = fields.Boolean(compute="_compute_can")

    can_refuse = fields.Boolean(compute="_compute_can")

    can_recall = fields.Boolean(compute="_compute_can")

    can_arrive = fields.Boolean(compute="_compute_can")

    can_finish = fields.Boolean(compute="_compute_can")

    can_cancel = fields.Boolean(compute="_compute_can")

    @api.depends("staff_id")
    def _compute_can(self):
        return super()._compute_can()

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        return allowed and (name not in PERFORMER_STEPS or self._is_performer())

    def _is_performer(self):
        """Whether the user is the technician, or speaks for one."""
        self.ensure_one()
        user = self.sudo().staff_id.user_id  # sudo: hidden company staff
        return (
            self.env.su
            or not user
            or user == self.env.user
            or self.env.user.has_groups(DISPATCHERS)
        )

    def _ensure_can(self, name):
        super()._ensure_can(name)
        if name not in PERFORMER_STEPS:
            return
        for job in self:
            if not job._is_performer():
                raise AccessError(
                    self.env._(
                        "Only %(staff)s or a dispatcher can do this on job %(job)s.",
                        staff=job.sudo().staff_id.name,  # sudo: hidden company staff
                        job=job.name,
                    )
                )

    def action_send(self):
        """Promise the technician's time and tell him.

        :raises UserError: technician or window missing, dealer or technician not
            working, machine unknown where the case type demands it
        :raises ValidationError: the technician is booked; names the other job
        """
        self._ensure_can("send")
        self.dealer_id._ensure_may_operate()
        for job in self:
            job._ensure_complete()
            job.ticket_id._ensure_serial()
            job._ensure_not_booked()
            job._transition("send", job._prepare_send_vals())
            job._notify_technician()
        self.ticket_id._stamp("arranged_at")

    def _prepare_send_vals(self):
        """Values written together with the state "sent"; extension point."""
        return {"sent_at": fields.Datetime.now()}

    def _ensure_complete(self):
        self.ensure_one()
        if self.ticket_id.closed or self.ticket_id.resolved_at:
            raise UserError(
                self.env._(
                    "Case %(case)s is settled. Reopen it first.",
                    case=self.ticket_id.display_name,
                )
            )
        missing = [name for name in self._get_required_fields() if not self[name]]
        if missing:
            raise UserError(
                self.env._(
                    "Job %(job)s cannot be sent without: %(fields)s.",
                    job=self.display_name,
                    fields=self._get_field_labels(missing),
                )
            )
        staff = self.sudo().staff_id  # sudo: hidden company staff
        if not staff.active:
            raise UserError(
                self.env._(
                    "%(staff)s no longer works in service. Choose another technician.",
                    staff=staff.name,
                )
            )

    def _get_required_fields(self):
        return ("staff_id", "date_start", "date_end", "place", "task")

    def _notify_technician(self):
        """An activity for a technician with a login, a mail for one with an address."""
        self.ensure_one()
        # sudo: the notice is ours to send; company staff is hidden from a dealer
        staff = self.sudo().staff_id
        if staff.user_id:
            # the mail below says more than the activity's own would
            quiet = self.sudo().with_context(mail_activity_quick_update=staff.email)
            quiet.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=fields.Date.to_date(self.date_start),
                summary=self.env._("Answer job %(job)s", job=self.name),
                user_id=staff.user_id.id,
            )
        if staff.email:
            # sudo: the template reads the technician's contact
            template = self._get_notice_template().sudo()
            template.send_mail(self.id, email_values=self._prepare_notice_vals())

    def _get_notice_template(self):
        """The mail that tells the technician of his job; extension point."""
        return self.env.ref("aftersales_service.mail_template_dispatch")

    def _prepare_notice_vals(self):
        """Further values of that mail, attachments say; extension point."""
        return {}

    def action_accept(self):
        self._transition("accept", {"accepted_at": fields.Datetime.now()})
        self._clear_activities()

    def action_contact(self):
        """Log that the customer was called for an appointment."""
        self.check_access("write")
        # sudo: facts are closed to direct writes
        for job in self.sudo():
            job.contacted_at = job.contacted_at or fields.Datetime.now()
        self.ticket_id._stamp("replied_at")
        self.ticket_id._stamp("contacted_at")

    def action_refuse(self):
        """Ask the technician why; the wizard takes the transition."""
        self._ensure_can("refuse")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse Job"),
            "res_model": "aftersales.dispatch.refuse",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dispatch_ids": self.ids},
        }

    def _refuse(self, reason):
        """Give the job back; the case is no longer arranged."""
        self._transition("refuse", self._prepare_back_vals(reason))
        self._after_back()

    def action_recall(self):
        """Take a job back that the technician has not begun."""
        self._transition("recall", self._prepare_back_vals(False))
        self._after_back()

    def _prepare_back_vals(self, reason):
        return {"refuse_reason": reason, "sent_at": False, "accepted_at": False}

    def _after_back(self):
        self._clear_activities()
        # sudo: facts are closed to direct writes
        for ticket in self.ticket_id.sudo():
            if not ticket.dispatch_ids.filtered(lambda job: job._is_promised()):
                ticket.arranged_at = False

    def _is_promised(self):
        """Whether somebody was sent and is not called back."""
        self.ensure_one()
        return bool(self.sent_at) and self.state != "cancelled"

    def action_arrive(self):
        self._transition("arrive", {"arrived_at": fields.Datetime.now()})
        self.ticket_id._stamp("arrived_at")

    def action_finish(self):
        """End the visit; a repair begun on it must be finished first.

        :raises UserError: names the open repair
        """
        for job in self:
            job._ensure_repairs_finished()
        self._transition("finish", {"finished_at": fields.Datetime.now()})
        self._clear_activities()
        for ticket in self.ticket_id:
            if not ticket.sudo()._get_open_work():  # sudo: anybody's open work counts
                ticket._stamp("resolved_at")

    def _ensure_repairs_finished(self):
        self.ensure_one()
        for repair in self.repair_ids.filtered(lambda r: r._is_open())[:1]:
            raise UserError(
                self.env._(
                    "Finish repair %(repair)s of job %(job)s first.",
                    repair=repair.name,
                    job=self.name,
                )
            )

    def action_cancel(self):
        self._cancel()

    def _cancel(self, vals=None):
        """Cancel jobs; ``vals`` are written together with the state.

        :raises UserError: names an open repair
        """
        for job in self:
            job._ensure_repairs_finished()
        self._transition("cancel", vals)
        self._clear_activities()
        self._after_back()

    def _clear_activities(self):
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def action_create_repair(self):
        """Open the repair record of this job, created when there is none yet.

        :raises UserError: the technician has not arrived
        """
        self.ensure_one()
        self.check_access("write")
        repair = self.repair_ids.filtered(lambda r: r.state != "cancel")[:1]
        if not repair:
            if self.state not in ("accepted", "on_site"):
                raise UserError(self._get_transition_refusal("finish"))
            repair = self.ticket_id._create_repair(self)
        return repair._get_form_action()

    def action_open_repairs(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_service.repair_order_action"
        )
        return {**action, "domain": list(Domain("dispatch_id", "in", self.ids))}
