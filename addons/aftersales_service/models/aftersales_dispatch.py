from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

# A technician in one of these states has promised his time.
BUSY_STATES = ("sent", "accepted", "on_site")
# Steps that the technician takes himself, if he has a login.
PERFORMER_STEPS = ("accept", "refuse", "arrive", "finish")
DISPATCHERS = (
    "aftersales_dealer.group_dealer_manager,aftersales_dealer.group_support"
)


class AftersalesDispatch(models.Model):
    """The job (派工单): which technician goes where, when, to do what.

    A technician cannot be promised twice for the same time: the database refuses it,
    so that of two people dispatching at once one wins and the other is told.
    """

    _name = "aftersales.dispatch"
    _description = "Dispatch order"
    _inherit = [
        "aftersales.transition.mixin",
        "aftersales.dealer.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_start desc, id desc"

    _transitions = {
        "send": Transition(("draft",), "sent"),
        "accept": Transition(("sent",), "accepted"),
        "refuse": Transition(("sent", "accepted"), "draft"),
        "recall": Transition(("sent", "accepted"), "draft"),
        "arrive": Transition(("accepted",), "on_site"),
        "finish": Transition(("on_site",), "done"),
        "cancel": Transition(("draft", "sent", "accepted", "on_site"), "cancelled"),
    }
    _protected_fields = (
        "sent_at",
        "accepted_at",
        "contacted_at",
        "arrived_at",
        "finished_at",
        "refuse_reason",
    )
    _editable_states = ("draft",)
    _always_editable_fields = ("report",)

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("sent", "Sent"),
            ("accepted", "Accepted"),
            ("on_site", "On Site"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        index=True,
        tracking=True,
        copy=False,
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Case",
        required=True,
        index=True,
        ondelete="restrict",
    )
    dealer_id = fields.Many2one(
        compute="_compute_dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True
    )
    staff_id = fields.Many2one(
        "aftersales.staff",
        string="Technician",
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('dealer_id', 'in', [dealer_id, False])]",
    )
    # What the technician needs to know
    partner_id = fields.Many2one(
        related="ticket_id.partner_id", store=True, precompute=True, index=True
    )
    contact_name = fields.Char(
        compute="_compute_from_ticket", store=True, readonly=False, precompute=True
    )
    phone = fields.Char(
        compute="_compute_from_ticket", store=True, readonly=False, precompute=True
    )
    place = fields.Char(
        compute="_compute_from_ticket",
        store=True,
        readonly=False,
        precompute=True,
        help="Where the machine is.",
    )
    product_id = fields.Many2one(related="ticket_id.product_id")
    lot_id = fields.Many2one(related="ticket_id.lot_id", string="Machine")
    card_id = fields.Many2one(related="ticket_id.card_id")
    verdict = fields.Selection(related="ticket_id.verdict")
    severity = fields.Selection(related="ticket_id.severity", store=True)
    fault_id = fields.Many2one(related="ticket_id.fault_id", string="Symptom")
    date_start = fields.Datetime(string="From", tracking=True, index=True)
    date_end = fields.Datetime(string="To", tracking=True)
    task = fields.Text(
        compute="_compute_from_ticket",
        store=True,
        readonly=False,
        precompute=True,
        help="What is to be done.",
    )
    parts_wanted = fields.Text(string="Parts and Tools to Bring")
    report = fields.Text(help="What the technician reports of the visit.")
    refuse_reason = fields.Char(string="Refused Because", readonly=True, tracking=True)
    # Facts
    sent_at = fields.Datetime(readonly=True, copy=False)
    accepted_at = fields.Datetime(readonly=True, copy=False)
    contacted_at = fields.Datetime(readonly=True, copy=False)
    arrived_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    repair_ids = fields.One2many("repair.order", "dispatch_id", string="Repairs")
    repair_count = fields.Integer(compute="_compute_repair_count")

    can_send = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_recall = fields.Boolean(compute="_compute_can")
    can_arrive = fields.Boolean(compute="_compute_can")
    can_finish = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _window_order = models.Constraint(
        "CHECK (date_end > date_start)", "A job must end after it starts."
    )
    # Ranges of one number stand for the technician, since they need no extension.
    _no_double_booking = models.Constraint(
        "EXCLUDE USING gist (int4range(staff_id, staff_id, '[]') WITH &&,"
        " tsrange(date_start, date_end) WITH &&)"
        " WHERE (state IN ('sent', 'accepted', 'on_site')"
        " AND date_end > date_start)",
        "The technician was promised to another job in this time a moment ago. "
        "Reload, and choose another time or technician.",
    )

    # COMPUTES

    @api.depends("ticket_id")
    def _compute_dealer_id(self):
        for job in self:
            job.dealer_id = job.ticket_id.dealer_id

    @api.depends("ticket_id")
    def _compute_from_ticket(self):
        for job in self:
            ticket = job.ticket_id
            job.contact_name = ticket.partner_name or ticket.partner_id.name
            job.phone = ticket.partner_phone or ticket.partner_id.phone
            job.place = ticket.address
            job.task = job.task or html2plaintext(ticket.description or "")

    @api.depends("repair_ids")
    def _compute_repair_count(self):
        groups = self.env["repair.order"]._read_group(
            [("dispatch_id", "in", self.ids)], ["dispatch_id"], ["__count"]
        )
        counts = {job.id: count for job, count in groups}
        for job in self:
            job.repair_count = counts.get(job._origin.id, 0)

    @api.depends("name", "ticket_id.partner_id")
    def _compute_display_name(self):
        for job in self:
            # sudo: a job's customer is named to whoever may see the job
            customer = job.sudo().partner_id.name
            job.display_name = f"{job.name} {customer}" if customer else job.name

    @api.depends("staff_id")
    def _compute_can(self):
        return super()._compute_can()

    # CONSTRAINTS

    @api.constrains("staff_id", "dealer_id")
    def _check_technician(self):
        for job in self.sudo():  # sudo: company staff is hidden from a dealer's user
            staff = job.staff_id
            if staff.dealer_id and staff.dealer_id != job.dealer_id:
                raise ValidationError(
                    self.env._(
                        "%(staff)s works for another dealer than case %(case)s. Choose "
                        "a technician of the same dealer or of the company.",
                        staff=staff.name,
                        case=job.ticket_id.display_name,
                    )
                )

    @api.constrains("staff_id", "date_start", "date_end", "state")
    def _check_not_booked(self):
        for job in self:
            other = job._search_clash()
            if other:
                raise ValidationError(job._get_clash_message(other))

    def _search_clash(self):
        """Another job in the technician's time, or none."""
        self.ensure_one()
        if self.state not in BUSY_STATES:
            return self.browse()
        # sudo: a company technician may be booked for another dealer
        return self.sudo().search(
            [
                ("staff_id", "=", self.staff_id.id),
                ("state", "in", BUSY_STATES),
                ("date_start", "<", self.date_end),
                ("date_end", ">", self.date_start),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def _get_clash_message(self, other):
        self.ensure_one()
        return self.env._(
            "%(staff)s is promised to job %(job)s from %(start)s to %(end)s. Choose "
            "another time or technician.",
            staff=self.sudo().staff_id.name,
            job=other.name,  # the number alone: it may be another dealer's job
            start=self._format_moment(other.date_start),
            end=self._format_moment(other.date_end),
        )

    def _format_moment(self, moment):
        local = fields.Datetime.context_timestamp(self, moment)
        return local.strftime("%Y-%m-%d %H:%M")

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                # sudo: everybody who may dispatch draws a number
                sequence = self.env["ir.sequence"].sudo()
                vals["name"] = sequence.next_by_code("aftersales.dispatch") or "/"
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        for job in self:
            if job.sent_at:
                raise UserError(
                    self.env._(
                        "%(job)s was sent already and cannot be deleted; cancel it.",
                        job=job.display_name,
                    )
                )

    # TRANSITIONS

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
        for job in self:
            job._ensure_complete()
            job.ticket_id._ensure_serial()
        self.dealer_id._ensure_may_operate()
        self._transition("send", {"sent_at": fields.Datetime.now()})
        self.ticket_id._stamp("arranged_at")
        for job in self:
            job._notify_technician()

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
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=fields.Date.to_date(self.date_start),
                summary=self.env._("Answer job %(job)s", job=self.name),
                user_id=staff.user_id.id,
            )
        if staff.email:
            template = self.env.ref("aftersales_service.mail_template_dispatch")
            # sudo: the template reads the technician's contact
            template.sudo().send_mail(self.id)

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
            if not ticket.dispatch_ids.filtered(lambda job: job.sent_at):
                ticket.arranged_at = False

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
        for job in self:
            job._ensure_repairs_finished()
        self._transition("cancel")
        self._clear_activities()
        self._after_back()

    def _clear_activities(self):
        self.activity_unlink(["mail.mail_activity_data_todo"])

    # REPAIR

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
