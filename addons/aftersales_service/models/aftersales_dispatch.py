from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

# A technician in one of these states has promised his time.
BUSY_STATES = ("sent", "accepted", "on_site")


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

    def _ensure_not_booked(self):
        """Refuse a time in which the technician is promised elsewhere.

        :raises ValidationError: names the other job and its time
        """
        self.ensure_one()
        # sudo: a company technician may be booked for another dealer
        other = self.sudo().search(
            [
                ("staff_id", "=", self.staff_id.id),
                ("state", "in", BUSY_STATES),
                ("date_start", "<", self.date_end),
                ("date_end", ">", self.date_start),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if other:
            raise ValidationError(self._get_clash_message(other))

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
