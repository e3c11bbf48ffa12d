import base64
import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools.image import image_data_uri

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from .aftersales_training_plan_line import FORMS

COORDINATOR = "aftersales_dealer.group_training_coordinator"
COMPANY = COORDINATOR + ",aftersales_training.group_examiner"
# How long before its begin a session takes sign-ins by QR code.
SIGN_IN_EARLY = timedelta(hours=2)


class AftersalesTrainingSession(models.Model):
    """A course held at a time and place by a trainer for so many people."""

    _name = "aftersales.training.session"
    _description = "Training Session"
    _inherit = [
        "aftersales.transition.mixin",
        "aftersales.exclusion.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_begin desc, id desc"

    _transitions = {
        "open": Transition(("draft",), "open", COORDINATOR),
        "finish": Transition(("open",), "done", COMPANY),
        "cancel": Transition(("draft", "open"), "cancelled", COORDINATOR),
    }
    _editable_states = ("draft", "open")
    _always_editable_fields = ("trainer_remarks", "cost", "effect_note", "enrolment_ids")
    _protected_fields = ("sign_in_token", "effect_reviewed_on")

    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    plan_line_id = fields.Many2one(
        "aftersales.training.plan.line",
        string="Planned In",
        domain="[('course_id', '=', course_id), ('plan_state', '=', 'approved')]",
        index="btree_not_null",
        ondelete="restrict",
        groups=COORDINATOR,
    )
    course_id = fields.Many2one(
        "aftersales.training.course",
        required=True,
        domain="[('state', '=', 'released')]",
        index=True,
        ondelete="restrict",
    )
    content = fields.Selection(related="course_id.content", store=True)
    form = fields.Selection(selection=FORMS, required=True, default="central")
    date_begin = fields.Datetime(string="Begin", required=True, index=True, tracking=True)
    date_end = fields.Datetime(
        string="End",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    room_id = fields.Many2one(
        "aftersales.training.room", index="btree_not_null", tracking=True
    )
    place = fields.Char(
        compute="_compute_place", store=True, readonly=False, precompute=True
    )
    online_url = fields.Char(string="Meeting Link")
    trainer_id = fields.Many2one(
        "res.partner",
        domain=[("is_company", "=", False)],
        index="btree_not_null",
        tracking=True,
        groups=COMPANY,
    )
    trainer_name = fields.Char(compute="_compute_trainer_name", string="Trainer")
    examiner_ids = fields.Many2many(
        "res.users",
        "aftersales_training_session_examiner_rel",
        string="Examiners",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("aftersales_training.group_examiner").id)
        ],
        groups=COMPANY,
    )
    responsible_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, domain=[("share", "=", False)]
    )
    seats = fields.Integer(required=True, default=20, tracking=True)
    seats_taken = fields.Integer(compute="_compute_seats", store=True)
    seats_left = fields.Integer(compute="_compute_seats", store=True)
    waiting_count = fields.Integer(compute="_compute_counts")
    enrolment_count = fields.Integer(compute="_compute_counts")
    attended_count = fields.Integer(compute="_compute_counts", string="Attended")
    passed_count = fields.Integer(compute="_compute_counts", string="Passed")
    enrolment_ids = fields.One2many("aftersales.training.enrolment", "session_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(groups=COORDINATOR, tracking=True)
    trainer_remarks = fields.Text(groups=COMPANY)
    feedback_average = fields.Float(
        compute="_compute_feedback", digits=(3, 1), groups=COMPANY
    )
    sign_in_token = fields.Char(
        default=lambda self: uuid.uuid4().hex, copy=False, groups=COMPANY
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("open", "Open"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        tracking=True,
        group_expand=True,
    )
    can_open = fields.Boolean(compute="_compute_can")
    can_finish = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _order_of_time = models.Constraint(
        "CHECK (date_end > date_begin)", "A session ends after it begins. Correct the end."
    )
    _seats_limit = models.Constraint(
        "CHECK (seats > 0 AND seats_taken <= seats)",
        "The session has no seat left. Put the person on the waiting list, or add seats.",
    )
    _trainer_free = models.Constraint(
        "EXCLUDE USING gist (int4range(trainer_id, trainer_id, '[]') WITH &&, "
        "tsrange(date_begin, date_end) WITH &&) "
        "WHERE (trainer_id IS NOT NULL AND state != 'cancelled') "
        "DEFERRABLE INITIALLY DEFERRED",
        "The trainer has another session at that time. Choose another trainer or time.",
    )
    _room_free = models.Constraint(
        "EXCLUDE USING gist (int4range(room_id, room_id, '[]') WITH &&, "
        "tsrange(date_begin, date_end) WITH &&) "
        "WHERE (room_id IS NOT NULL AND state != 'cancelled') "
        "DEFERRABLE INITIALLY DEFERRED",
        "The room is taken at that time. Choose another room or time.",
    )

    @api.depends("name", "course_id")
    def _compute_display_name(self):
        for session in self:
            name = session.course_id.name or ""
            session.display_name = f"{session.name} {name}".strip()

    @api.depends("date_begin", "course_id")
    def _compute_date_end(self):
        for session in self:
            if session.date_begin and session.course_id:
                hours = session.course_id.hours
                session.date_end = session.date_begin + timedelta(hours=hours)

    @api.depends("room_id")
    def _compute_place(self):
        for session in self:
            session.place = session.room_id.place or session.place

    def _compute_trainer_name(self):
        # sudo: dealers may know who teaches, not the contact behind the name
        for session in self:
            session.trainer_name = session.sudo().trainer_id.name

    @api.depends("seats", "enrolment_ids.state")
    def _compute_seats(self):
        for session in self:
            taken = session.enrolment_ids.filtered("takes_seat")
            session.seats_taken = len(taken)
            session.seats_left = session.seats - len(taken)

    @api.depends("enrolment_ids.state", "enrolment_ids.result")
    def _compute_counts(self):
        groups = self.env["aftersales.training.enrolment"]._read_group(
            [("session_id", "in", self.ids)],
            ["session_id", "state", "result"],
            ["__count"],
        )
        for session in self:
            own = [(s, r, n) for record, s, r, n in groups if record == session]
            session.enrolment_count = sum(number for *_other, number in own)
            session.waiting_count = sum(n for s, _r, n in own if s == "waiting")
            session.attended_count = sum(n for s, _r, n in own if s == "attended")
            session.passed_count = sum(n for _s, r, n in own if r == "passed")

    def _compute_feedback(self):
        groups = self.env["aftersales.training.enrolment"]._read_group(
            [("session_id", "in", self.ids), ("feedback_rating", ">", 0)],
            ["session_id"],
            ["feedback_rating:avg"],
        )
        averages = dict(groups)
        for session in self:
            session.feedback_average = averages.get(session, 0)

    @api.constrains("date_begin", "date_end", "trainer_id", "room_id", "state")
    def _check_free(self):
        for session in self.filtered(lambda s: s.state != "cancelled"):
            session._check_resource_free("trainer_id")
            session._check_resource_free("room_id")
        self._check_exclusion("_trainer_free", "_room_free")

    def _check_resource_free(self, name):
        """Refuse a second session of the same trainer or room at the same time."""
        self.ensure_one()
        if not self[name]:
            return
        other = self._get_clashing(name)
        if other:
            raise ValidationError(
                self.env._(
                    "%(resource)s is taken by session %(other)s from %(start)s to %(end)s. "
                    "Choose another time, or another trainer or room.",
                    resource=self[name].display_name,
                    other=other.display_name,
                    start=fields.Datetime.context_timestamp(self, other.date_begin)
                    .strftime("%Y-%m-%d %H:%M"),
                    end=fields.Datetime.context_timestamp(self, other.date_end)
                    .strftime("%Y-%m-%d %H:%M"),
                )
            )

    def _get_clashing(self, name):
        self.ensure_one()
        return self.search(
            [
                ("id", "!=", self.id),
                (name, "=", self[name].id),
                ("state", "!=", "cancelled"),
                ("date_begin", "<", self.date_end),
                ("date_end", ">", self.date_begin),
            ],
            limit=1,
        )

    @api.constrains("seats", "room_id")
    def _check_room_size(self):
        for session in self.filtered("room_id"):
            if session.seats > session.room_id.seats:
                raise ValidationError(
                    self.env._(
                        "Room %(room)s has %(room_seats)s seats, the session wants "
                        "%(seats)s. Choose a larger room, or fewer seats.",
                        room=session.room_id.name,
                        room_seats=session.room_id.seats,
                        seats=session.seats,
                    )
                )

    @api.constrains("course_id")
    def _check_course_released(self):
        for session in self:
            if session.course_id.state == "draft":
                raise ValidationError(
                    self.env._(
                        "Course %(course)s is still in preparation. Release it first.",
                        course=session.course_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name)
        return super().create(vals_list)

    def action_open(self):
        self._transition("open")

    def action_cancel(self):
        """Cancel the session and everybody's enrolment; their needs are open again."""
        self._transition("cancel")
        self.enrolment_ids.filtered(
            lambda e: e.state in ("invited", "waiting", "confirmed")
        )._transition("cancel")

    def action_finish(self):
        """Close the attendance: who has not signed in was absent.

        :raises UserError: the session has not begun yet
        """
        for session in self:
            if session.date_begin > fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "Session %(session)s has not begun yet. Cancel it if it will not "
                        "take place.",
                        session=session.display_name,
                    )
                )
        self._transition("finish")
        missing = self.enrolment_ids.filtered(lambda e: e.state == "confirmed")
        missing._transition("miss")

    def action_invite_needed(self):
        """Invite those whose needs the plan gathered into this session's line.

        :raises UserError: nobody is left to invite
        """
        self.ensure_one()
        invited = self.enrolment_ids.partner_id
        staff = self.plan_line_id.need_ids.filtered(
            lambda need: need.state == "planned"
        ).staff_id.filtered(lambda member: member.partner_id not in invited)
        if not staff:
            raise UserError(
                self.env._(
                    "The plan names nobody else for this session. Add participants by hand."
                )
            )
        self.enrolment_ids = [
            Command.create({"partner_id": member.partner_id.id}) for member in staff
        ]
        self.enrolment_ids.filtered(lambda e: e.staff_id in staff)._send_invitation()

    def _promote_waiting(self):
        """Give free seats to those who wait, first come first served."""
        # sudo: whoever freed the seat, the next in line moves up, of whichever dealer
        for session in self.sudo().filtered(lambda s: s.state == "open"):
            waiting = session.enrolment_ids.filtered(lambda e: e.state == "waiting")
            moved = waiting.sorted("waiting_since")[: max(session.seats_left, 0)]
            moved._transition("confirm")
            moved._send_template("aftersales_training.mail_template_seat")

    def _is_sign_in_open(self):
        """Whether the session takes sign-ins by QR code now."""
        self.ensure_one()
        now = fields.Datetime.now()
        return (
            self.state == "open" and self.date_begin - SIGN_IN_EARLY <= now <= self.date_end
        )

    def _get_sign_in_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/aftersales/training/sign-in/{self.sign_in_token}"

    def _get_sign_in_image(self):
        """The sign-in address as a PNG data URI for the poster on the door."""
        png = self.env["ir.actions.report"].barcode(
            "QR", self._get_sign_in_url(), width=600, height=600
        )
        return image_data_uri(base64.b64encode(png))

    def action_open_enrolments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_training.aftersales_training_enrolment_action"
        )
        return {
            **action,
            "domain": list(Domain("session_id", "=", self.id)),
            "context": {"default_session_id": self.id},
        }
