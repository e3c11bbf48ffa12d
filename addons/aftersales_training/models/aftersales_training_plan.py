from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

COORDINATOR = "aftersales_dealer.group_training_coordinator"
MANAGER = "aftersales_dealer.group_manager"


class AftersalesTrainingPlan(models.Model):
    """What will be trained in a year or a month, approved before it is held."""

    _name = "aftersales.training.plan"
    _description = "Training Plan"
    _inherit = ["aftersales.transition.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"

    _transitions = {
        "submit": Transition(("draft",), "submitted", COORDINATOR),
        "approve": Transition(("submitted",), "approved", MANAGER),
        "send_back": Transition(("submitted",), "draft", MANAGER),
        "close": Transition(("approved",), "done", COORDINATOR),
        "cancel": Transition(("draft", "submitted", "approved"), "cancelled", MANAGER),
    }
    _protected_fields = ("approved_by_id", "approved_on")
    _editable_states = ("draft",)
    _always_editable_fields = ("note",)

    name = fields.Char(compute="_compute_name", store=True)
    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
    )
    month = fields.Selection(
        selection=[(str(number), f"{number:02d}") for number in range(1, 13)],
        help="Empty for the plan of the whole year.",
    )
    date_from = fields.Date(compute="_compute_dates", store=True)
    date_to = fields.Date(compute="_compute_dates", store=True)
    goal = fields.Text(help="What shall be better at the end, and how it is seen.")
    note = fields.Text()
    responsible_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, domain=[("share", "=", False)]
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "Approved"),
            ("done", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        tracking=True,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("aftersales.training.plan.line", "plan_id", copy=True)
    budget = fields.Monetary(compute="_compute_totals")
    cost = fields.Monetary(compute="_compute_totals", string="Actual Cost")
    planned_sessions = fields.Integer(compute="_compute_totals")
    held_sessions = fields.Integer(compute="_compute_totals")
    planned_seats = fields.Integer(compute="_compute_totals")
    attended_count = fields.Integer(compute="_compute_totals", string="Trained")
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_send_back = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _year_plausible = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "Enter a year between 2000 and 2100."
    )
    _period_uniq = models.UniqueIndex(
        "(company_id, year, COALESCE(month, '0')) WHERE state != 'cancelled'",
        "There is a plan for this period already. Open it and add lines there.",
    )

    @api.depends("year", "month")
    def _compute_name(self):
        for plan in self:
            plan.name = (
                f"{plan.year}-{plan.month:0>2}" if plan.month else str(plan.year)
            )

    @api.depends("year", "month")
    def _compute_dates(self):
        for plan in self.filtered(lambda p: 2000 <= p.year <= 2100):
            start = date(plan.year, int(plan.month or 1), 1)
            length = relativedelta(months=1 if plan.month else 12, days=-1)
            plan.date_from, plan.date_to = start, start + length

    @api.depends("line_ids.budget", "line_ids.session_ids.state")
    def _compute_totals(self):
        for plan in self:
            lines = plan.line_ids
            plan.budget = sum(lines.mapped("budget"))
            plan.cost = sum(lines.mapped("cost"))
            plan.planned_sessions = sum(lines.mapped("sessions"))
            plan.held_sessions = sum(lines.mapped("held_sessions"))
            plan.planned_seats = sum(lines.mapped("seats"))
            plan.attended_count = sum(lines.mapped("attended_count"))

    def action_submit(self):
        empty = self.filtered(lambda plan: not plan.line_ids)
        if empty:
            raise UserError(
                self.env._(
                    "Plan %(plan)s has no lines. Gather the needs or add a course "
                    "first.",
                    plan=empty[0].name,
                )
            )
        self._transition("submit")

    def action_approve(self):
        self._transition(
            "approve",
            {"approved_by_id": self.env.uid, "approved_on": fields.Datetime.now()},
        )

    def action_send_back(self):
        self._transition("send_back")

    def action_close(self):
        """Close the plan; needs that were not met are open for the next one."""
        self._transition("close")
        self._reopen_needs()

    def action_cancel(self):
        """Cancel the plan; its needs are open again."""
        self._transition("cancel")
        self._reopen_needs()

    def _reopen_needs(self):
        needs = self.line_ids.need_ids.filtered(lambda need: need.state == "planned")
        # sudo: who may close or cancel the plan gives its needs back
        needs.sudo()._transition("release", {"plan_line_id": False})

    def action_gather_needs(self):
        """Turn the open needs of the period into lines, the heaviest first.

        Needs without a course go to the newest released course of their topic; topics
        without one are left open.

        :raises UserError: no need is left to plan
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(
                self.env._("Plan %(plan)s is no draft any more.", plan=self.name)
            )
        by_course = self._get_needs_by_course()
        if not by_course:
            raise UserError(
                self.env._(
                    "No open need of this period has a released course. Enter needs, "
                    "or release a course for their topics."
                )
            )
        lines = {line.course_id: line for line in self.line_ids}
        for course, needs in by_course.items():
            line = lines.get(course) or self.env[
                "aftersales.training.plan.line"
            ].create(self._prepare_line_vals(course))
            needs._transition("plan", {"plan_line_id": line.id})
            line.seats = max(line.seats, len(line.need_ids.staff_id))

    def _get_needs_by_course(self):
        self.ensure_one()
        needs = self.env["aftersales.training.need"].search(
            Domain("state", "=", "open")
            & (Domain("due_date", "=", False) | Domain("due_date", "<=", self.date_to))
        )
        courses = self.env["aftersales.training.course"].search(
            [("state", "=", "released"), ("topic_id", "in", needs.topic_id.ids)],
            order="id",
        )
        by_topic = {course.topic_id: course for course in courses}
        groups = needs.grouped(lambda n: n.course_id or by_topic.get(n.topic_id))
        groups.pop(None, None)
        return dict(
            sorted(groups.items(), key=lambda item: -sum(item[1].mapped("weight")))
        )

    def _prepare_line_vals(self, course):
        return {
            "plan_id": self.id,
            "course_id": course.id,
            "seats": 0,
            "date_planned": max(self.date_from, fields.Date.context_today(self)),
        }
