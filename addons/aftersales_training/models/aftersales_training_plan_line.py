from odoo import api, fields, models
from odoo.exceptions import UserError

FORMS = [
    ("central", "Central"),
    ("on_site", "On Site"),
    ("online", "Online"),
    ("case", "Case Discussion"),
]


class AftersalesTrainingPlanLine(models.Model):
    _name = "aftersales.training.plan.line"
    _description = "Training Plan Line"
    _order = "plan_id, date_planned, id"

    plan_id = fields.Many2one(
        "aftersales.training.plan", required=True, index=True, ondelete="cascade"
    )
    plan_state = fields.Selection(related="plan_id.state", store=True)
    course_id = fields.Many2one(
        "aftersales.training.course",
        required=True,
        domain="[('state', '=', 'released')]",
        ondelete="restrict",
    )
    content = fields.Selection(related="course_id.content", store=True)
    form = fields.Selection(selection=FORMS, required=True, default="central")
    date_planned = fields.Date(string="Date")
    place = fields.Char()
    trainer_id = fields.Many2one(
        "res.partner", domain=[("is_company", "=", False)], index="btree_not_null"
    )
    audience = fields.Char(help="Who shall come, e.g. technicians of the north.")
    sessions = fields.Integer(default=1)
    seats = fields.Integer(string="Participants", default=20)
    hours = fields.Float(related="course_id.hours")
    assessment = fields.Char(
        compute="_compute_assessment", help="How the course is examined."
    )
    budget = fields.Monetary()
    currency_id = fields.Many2one(related="plan_id.currency_id")
    need_ids = fields.One2many("aftersales.training.need", "plan_line_id")
    need_count = fields.Integer(compute="_compute_weight")
    staff_count = fields.Integer(
        compute="_compute_weight",
        string="People",
        help="People who need it; several needs of one person count once.",
    )
    weight = fields.Integer(
        compute="_compute_weight", help="Sum of the needs' weights."
    )
    session_ids = fields.One2many("aftersales.training.session", "plan_line_id")
    cost = fields.Monetary(compute="_compute_actual", string="Actual Cost")
    held_sessions = fields.Integer(compute="_compute_actual")
    attended_count = fields.Integer(compute="_compute_actual", string="Trained")

    _not_negative = models.Constraint(
        "CHECK (budget >= 0 AND seats >= 0 AND sessions > 0)",
        "Budget and participants cannot be negative, and one session is the least.",
    )

    @api.depends("plan_id.name", "course_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.plan_id.name}: {line.course_id.display_name}"

    @api.depends("course_id.assessment_ids.kind", "course_id.assessment_ids.weight")
    def _compute_assessment(self):
        for line in self:
            parts = line.course_id.assessment_ids
            labels = dict(parts._fields["kind"]._description_selection(self.env))
            line.assessment = ", ".join(
                f"{labels[part.kind]} {part.weight:g}%" for part in parts
            )

    @api.depends("need_ids.weight", "need_ids.staff_id")
    def _compute_weight(self):
        for line in self:
            line.need_count = len(line.need_ids)
            line.staff_count = len(line.need_ids.staff_id)
            line.weight = sum(line.need_ids.mapped("weight"))

    @api.depends("session_ids.state", "session_ids.cost")
    def _compute_actual(self):
        for line in self:
            held = line.session_ids.filtered(lambda session: session.state == "done")
            line.held_sessions = len(held)
            line.cost = sum(held.mapped("cost"))
            line.attended_count = sum(held.mapped("attended_count"))

    @api.constrains("course_id")
    def _check_plan_editable(self):
        self._ensure_plan_draft()

    def write(self, vals):
        if set(vals) - {"session_ids", "need_ids"}:
            self._ensure_plan_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        self._ensure_plan_draft()
        planned = self.need_ids.filtered(lambda need: need.state == "planned")
        planned._transition("release", {"plan_line_id": False})

    def _ensure_plan_draft(self):
        """An approved plan is a fact; only its drafts change.

        :raises UserError: names the plan that is no draft
        """
        closed = self.plan_id.filtered(lambda plan: plan.state != "draft")
        if closed and not self.env.su:
            raise UserError(
                self.env._(
                    "Plan %(plan)s is no draft any more and keeps its lines. Send it "
                    "back first, or put the course into the plan of another period.",
                    plan=closed[0].name,
                )
            )

    def action_create_session(self):
        """Open the form of a session for this line, filled as far as the plan knows."""
        self.ensure_one()
        if self.plan_id.state != "approved":
            raise UserError(
                self.env._(
                    "Plan %(plan)s is not approved yet. Sessions follow its approval.",
                    plan=self.plan_id.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Session"),
            "res_model": "aftersales.training.session",
            "view_mode": "form",
            "context": {
                f"default_{name}": value
                for name, value in self._prepare_session_vals().items()
                # an empty default would keep the place of the room out
                if value
            },
        }

    def _prepare_session_vals(self):
        self.ensure_one()
        return {
            "plan_line_id": self.id,
            "course_id": self.course_id.id,
            "form": self.form,
            "place": self.place,
            "trainer_id": self.trainer_id.id,
            "seats": self.seats or 1,
        }
