from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from .aftersales_training_plan_line import FORMS

COORDINATOR = "aftersales_dealer.group_training_coordinator"
COMPANY = COORDINATOR + ",aftersales_training.group_examiner"


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
    _always_editable_fields = (
        "trainer_remarks",
        "cost",
        "effect_note",
        "enrolment_ids",
    )
    _protected_fields = ("effect_reviewed_on", "sign_in_token")

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
    date_begin = fields.Datetime(
        string="Begin", required=True, index=True, tracking=True
    )
    date_end = fields.Datetime(
        string="End",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
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
    trainer_name = fields.Char(compute="_compute_trainer_name", string="Trainer's Name")
    examiner_ids = fields.Many2many(
        "res.users",
        "aftersales_training_session_examiner_rel",
        string="Examiners",
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("aftersales_training.group_examiner").id,
            )
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
        "CHECK (date_end > date_begin)",
        "A session ends after it begins. Correct the end.",
    )
    _seats_limit = models.Constraint(
        "CHECK (seats > 0 AND seats_taken <= seats)",
        "The session has no seat left. Put the person on the waiting list, or add "
        "seats.",
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
        """Cancel the session and everybody's enrolment.

        Their needs stay in the plan's line, for the session that takes its place.
        """
        self._transition("cancel")
        self.enrolment_ids.filtered(
            lambda e: e.state in ("invited", "waiting", "confirmed")
        )._transition("cancel")

    def action_finish(self):
        """Close the attendance: who has not signed in was absent.

        A course without exam has met the needs of those who came.

        :raises UserError: the session has not begun yet
        """
        for session in self:
            if session.date_begin > fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "Session %(session)s has not begun yet. Cancel it if it will "
                        "not take place.",
                        session=session.display_name,
                    )
                )
        self._transition("finish")
        missing = self.enrolment_ids.filtered(lambda e: e.state == "confirmed")
        missing._transition("miss")
        attended = self.enrolment_ids.filtered(lambda e: e.state == "attended")
        attended.filtered(lambda e: not e.course_id.assessment_ids)._meet_needs()

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
                    "The plan names nobody else for this session. Add participants by "
                    "hand."
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
