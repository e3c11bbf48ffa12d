import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

COORDINATOR = "aftersales_dealer.group_training_coordinator"
EXAMINER = "aftersales_training.group_examiner"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
OWNERS = f"{COORDINATOR},{DEALER_MANAGER}"
# A seat is used up even by somebody who did not come.
SEAT_STATES = ("confirmed", "attended", "absent")


class AftersalesTrainingEnrolment(models.Model):
    """A person in a session: invited, confirmed by his dealer, there or not, examined.

    The dealer stays the one who sent him, also when he moves to another later.
    """

    _name = "aftersales.training.enrolment"
    _description = "Training Enrolment"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "aftersales.exclusion.mixin",
        "mail.thread",
    ]
    _order = "session_id desc, id"
    _rec_name = "partner_id"

    _transitions = {
        "confirm": Transition(("invited", "waiting"), "confirmed", OWNERS),
        "wait": Transition(("invited",), "waiting", OWNERS),
        "decline": Transition(("invited", "waiting", "confirmed"), "declined", OWNERS),
        "sign_in": Transition(("confirmed",), "attended", f"{COORDINATOR},{EXAMINER}"),
        "miss": Transition(("confirmed",), "absent", f"{COORDINATOR},{EXAMINER}"),
        "cancel": Transition(
            ("invited", "waiting", "confirmed"), "cancelled", COORDINATOR
        ),
    }
    _protected_fields = (
        "signed_in_at",
        "signed_in_by",
        "waiting_since",
        "result",
        "score",
        "access_token",
        "feedback_rating",
        "feedback_text",
    )
    _editable_states = ("invited",)
    _always_editable_fields = ("note", "exam_ids")

    session_id = fields.Many2one(
        "aftersales.training.session", required=True, index=True, ondelete="restrict"
    )
    session_state = fields.Selection(
        related="session_id.state", string="Session Status"
    )
    course_id = fields.Many2one(
        related="session_id.course_id", store=True, precompute=True, index=True
    )
    date_begin = fields.Datetime(
        related="session_id.date_begin", store=True, precompute=True, index=True
    )
    date_end = fields.Datetime(
        related="session_id.date_end", store=True, precompute=True
    )
    hours = fields.Float(
        compute="_compute_hours", store=True, help="Hours attended; 0 for absentees."
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Participant",
        required=True,
        index=True,
        domain=[("is_company", "=", False)],
        ondelete="restrict",
    )
    staff_id = fields.Many2one(
        "aftersales.staff",
        string="Service Staff",
        compute="_compute_staff_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    dealer_id = fields.Many2one(
        compute="_compute_staff_id", store=True, precompute=True, default=None
    )
    contract_ref = fields.Char(
        string="Contract",
        help="For a customer's engineer: what his training is owed for.",
    )
    state = fields.Selection(
        selection=[
            ("invited", "Invited"),
            ("waiting", "Waiting List"),
            ("confirmed", "Confirmed"),
            ("attended", "Attended"),
            ("absent", "Absent"),
            ("declined", "Declined"),
            ("cancelled", "Cancelled"),
        ],
        default="invited",
        required=True,
        tracking=True,
    )
    takes_seat = fields.Boolean(compute="_compute_takes_seat")
    waiting_since = fields.Datetime(readonly=True, copy=False)
    signed_in_at = fields.Datetime(readonly=True, copy=False)
    signed_in_by = fields.Selection(
        selection=[("qr", "QR Code"), ("list", "List")], readonly=True, copy=False
    )
    result = fields.Selection(
        selection=[("none", "No Result"), ("passed", "Passed"), ("failed", "Failed")],
        default="none",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    # an average would count those who were never examined
    score = fields.Float(readonly=True, copy=False, digits=(5, 2), aggregator=None)
    feedback_rating = fields.Integer(
        string="Feedback", readonly=True, copy=False, aggregator="avg", help="1 to 5."
    )
    feedback_text = fields.Text(
        readonly=True, copy=False, groups=OWNERS + "," + EXAMINER
    )
    note = fields.Text(string="Remarks", groups=f"{COORDINATOR},{EXAMINER}")
    access_token = fields.Char(
        readonly=True,
        copy=False,
        groups="aftersales_dealer.group_training_coordinator",
    )
    can_confirm = fields.Boolean(compute="_compute_can")
    can_decline = fields.Boolean(compute="_compute_can")
    can_sign_in = fields.Boolean(compute="_compute_can")

    _partner_uniq = models.UniqueIndex(
        "(session_id, partner_id) WHERE state NOT IN ('declined', 'cancelled')",
        "This person is enrolled in the session already.",
    )
    _feedback_scale = models.Constraint(
        "CHECK (feedback_rating BETWEEN 0 AND 5)", "The feedback lies between 1 and 5."
    )
    _participant_free = models.Constraint(
        "EXCLUDE USING gist (int4range(partner_id, partner_id, '[]') WITH &&, "
        "tsrange(date_begin, date_end) WITH &&) "
        "WHERE (state IN ('confirmed', 'attended')) DEFERRABLE INITIALLY DEFERRED",
        "The person takes part in another session at that time. Decline one of them.",
    )

    @api.depends("partner_id")
    def _compute_staff_id(self):
        # sudo: matched by the person; who may see the enrolment is the rules' business
        staff = self.env["aftersales.staff"].sudo().with_context(active_test=False)
        found = staff.search([("partner_id", "in", self.partner_id.ids)])
        by_partner = found.grouped("partner_id")
        for enrolment in self:
            member = by_partner.get(enrolment.partner_id, staff)
            enrolment.staff_id = member.id
            enrolment.dealer_id = member.dealer_id.id

    @api.depends("state")
    def _compute_takes_seat(self):
        for enrolment in self:
            enrolment.takes_seat = enrolment.state in SEAT_STATES

    @api.depends("state", "course_id.hours")
    def _compute_hours(self):
        for enrolment in self:
            attended = enrolment.state == "attended"
            enrolment.hours = enrolment.course_id.hours if attended else 0

    @api.constrains("session_id", "partner_id", "state", "date_begin", "date_end")
    def _check_participant_free(self):
        for enrolment in self.filtered(lambda e: e.state in ("confirmed", "attended")):
            other = enrolment._get_clashing()
            if other:
                raise ValidationError(
                    self.env._(
                        "%(person)s takes part in session %(other)s at that time. "
                        "Decline one of the two, or send somebody else.",
                        person=enrolment.partner_id.name,
                        other=other.session_id.display_name,
                    )
                )
        self._check_exclusion("_participant_free")

    def _get_clashing(self):
        self.ensure_one()
        # sudo: the other seat may have been taken through another dealer
        return self.sudo().search(
            [
                ("id", "!=", self.id),
                ("partner_id", "=", self.partner_id.id),
                ("state", "in", ("confirmed", "attended")),
                ("date_begin", "<", self.date_end),
                ("date_end", ">", self.date_begin),
            ],
            limit=1,
        )

    @api.constrains("session_id", "partner_id")
    def _check_enrolment(self):
        for enrolment in self:
            if enrolment.session_id.state in ("done", "cancelled"):
                raise ValidationError(
                    self.env._(
                        "Session %(session)s is over or cancelled. Choose an open one.",
                        session=enrolment.session_id.display_name,
                    )
                )
            # sudo: the trainer is hidden from dealers
            if enrolment.partner_id == enrolment.session_id.sudo().trainer_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s teaches this session and cannot be its "
                        "participant.",
                        person=enrolment.partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        enrolments = super().create(vals_list)
        # sudo: the code is closed to direct writes
        for enrolment in enrolments.sudo():
            enrolment.access_token = uuid.uuid4().hex
        return enrolments

    def action_confirm(self):
        """Take a seat, or a place on the waiting list when there is none.

        :raises UserError: the session is not open, or a prerequisite is missing
        """
        for enrolment in self:
            enrolment._check_may_attend()
            session = enrolment.session_id
            if session.seats_left > 0:
                enrolment._transition("confirm")
                enrolment._send_template("aftersales_training.mail_template_seat")
            elif enrolment.state == "waiting":
                raise UserError(
                    self.env._(
                        "Session %(session)s is still full; %(person)s stays on the "
                        "waiting list. A seat that becomes free is given out by "
                        "itself.",
                        session=session.display_name,
                        person=enrolment.partner_id.name,
                    )
                )
            else:
                enrolment._transition("wait", {"waiting_since": fields.Datetime.now()})

    def _check_may_attend(self):
        self.ensure_one()
        if self.session_id.state != "open":
            raise UserError(
                self.env._(
                    "Session %(session)s is not open for confirmations.",
                    session=self.session_id.display_name,
                )
            )
        missing = self._get_missing_prerequisites()
        if missing:
            raise UserError(
                self.env._(
                    "%(person)s has not passed %(courses)s, which this course builds "
                    "on. Enrol him there first.",
                    person=self.partner_id.name,
                    courses=", ".join(missing.mapped("name")),
                )
            )

    def _get_missing_prerequisites(self):
        """Courses that are asked for and neither passed nor certified."""
        self.ensure_one()
        asked = self.course_id.prerequisite_ids
        if not asked:
            return asked
        # sudo: what the person passed elsewhere counts, whoever sent him there
        passed = (
            self.sudo()
            .search(
                [("partner_id", "=", self.partner_id.id), ("result", "=", "passed")]
            )
            .course_id
        )
        Certificate = self.env["aftersales.certificate"].sudo()
        scopes = Certificate.search(
            Domain("partner_id", "=", self.partner_id.id)
            & Certificate._get_valid_domain()
        ).scope_id
        codes = set(passed.mapped("code"))
        return asked.filtered(
            lambda c: c.code not in codes and c.scope_id not in scopes
        )

    def action_decline(self):
        """Give the seat back; the first on the waiting list gets it."""
        sessions = self.filtered("takes_seat").session_id
        self._transition("decline")
        sessions._promote_waiting()

    def action_cancel(self):
        sessions = self.filtered("takes_seat").session_id
        self._transition("cancel")
        sessions._promote_waiting()

    def action_invite(self):
        """Mail the invitation to the participant and his dealer."""
        self.check_access("write")
        self._send_invitation()

    def _send_invitation(self):
        self._send_template("aftersales_training.mail_template_invitation")

    def _send_template(self, xml_id):
        # sudo: dealers' managers trigger mails and may not read templates
        template = self.env.ref(xml_id).sudo()
        template.send_mail_batch(self.filtered("partner_id").ids)
