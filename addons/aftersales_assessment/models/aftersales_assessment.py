from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import (
    Transition,
)
from odoo.addons.aftersales_service.models.aftersales_case_type import SEVERITIES

from .aftersales_assessment_route import ACTORS

DEALER = "aftersales_dealer.group_dealer_user"
SUPPORT = "aftersales_dealer.group_support"
STATES = [
    ("draft", "To Assess"),
    ("assessed", "Assessed"),
    ("asked", "Support Asked"),
]
COMPANY = "base.group_user,!aftersales_dealer.group_dealer_user"


class AftersalesAssessment(models.Model):
    """The acceptance assessment (受理评估) of a case.

    Within the set hours of the report somebody says on one standard form whether the
    case is in cover and why, how bad the fault is, and who acts. Who acts follows from
    the routes; a dealer cannot push a covered customer back to the company.
    """

    _name = "aftersales.assessment"
    _description = "Acceptance assessment"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "due_at, id"
    _rec_names_search = ["name", "ticket_id.number"]

    _transitions = {
        "assess": Transition(("draft",), "assessed", f"{DEALER},{SUPPORT}"),
        "revise": Transition(("assessed", "asked"), "draft", SUPPORT),
        "hand_back": Transition(("assessed",), "assessed", DEALER),
        "ask": Transition(("assessed",), "asked", DEALER),
        "agree": Transition(("asked",), "assessed", SUPPORT),
        "decline": Transition(("asked",), "assessed", SUPPORT),
    }
    _protected_fields = (
        "name",
        "card_covered",
        "overruled",
        "overrule_reason",
        "overruled_by_id",
        "assessed_at",
        "assessed_by_id",
        "responsible_id",
        "hand_back_reason",
        "agreed_by_id",
        "reminded_at",
    )
    _editable_states = ("draft",)

    name = fields.Char(
        string="Number", default="New", required=True, readonly=True, copy=False
    )
    state = fields.Selection(
        selection=STATES,
        default="draft",
        required=True,
        tracking=True,
        group_expand=True,
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Case", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="ticket_id.dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    # What the case says
    product_id = fields.Many2one(related="ticket_id.product_id", store=True)
    serial = fields.Char(related="ticket_id.serial")
    fault_id = fields.Many2one(related="ticket_id.fault_id", store=True)
    case_type_id = fields.Many2one(related="ticket_id.case_type_id", store=True)
    caller = fields.Char(related="ticket_id.partner_name", string="Caller")
    is_repeat = fields.Boolean(related="ticket_id.is_repeat")
    repeat_hint = fields.Html(related="ticket_id.repeat_hint")
    description = fields.Html(related="ticket_id.description")
    # In cover or not, and why
    card_covered = fields.Boolean(
        string="Covered by Card",
        compute="_compute_card_covered",
        store=True,
        help="What the warranty card says; it stays as it was when the case was "
        "assessed.",
    )
    verdict_text = fields.Text(related="ticket_id.verdict_text", string="Why")
    overruled = fields.Selection(
        selection=[("covered", "In cover"), ("not_covered", "Not in cover")],
        string="Support Decided",
        readonly=True,
        copy=False,
        tracking=True,
    )
    overrule_reason = fields.Text(readonly=True, copy=False, tracking=True)
    overruled_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    covered = fields.Boolean(
        string="In Cover", compute="_compute_covered", store=True, tracking=True
    )
    cover_note = fields.Text(
        string="Remark on Cover",
        help="Why, where no warranty card tells: needed when the machine has none.",
    )
    # How bad, and what it is about
    level = fields.Selection(
        selection=SEVERITIES,
        string="Fault Level",
        compute="_compute_level",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    part_id = fields.Many2one(
        "product.product",
        string="Suspected Part",
        index="btree_not_null",
        domain=[("is_machine", "=", False)],
    )
    part_class_id = fields.Many2one(
        "aftersales.part.class",
        compute="_compute_from_part",
        store=True,
        readonly=False,
    )
    is_bought_in = fields.Boolean(
        string="Bought-in Unit",
        compute="_compute_from_part",
        store=True,
        readonly=False,
        help="The faulty unit is made by a supplier: his warranty comes first.",
    )
    bought_in_maker = fields.Char(
        string="Maker of the Unit", help="The supplier who made the faulty unit."
    )
    bought_in_reason = fields.Text(
        string="Why Bought-in", help="By what the faulty unit is known as a supplier's."
    )
    is_unusual = fields.Boolean(
        string="Unusual Fault",
        tracking=True,
        help="Out of the ordinary: not known, dangerous, or beyond the dealer's means.",
    )
    unusual_reason = fields.Text(help="What is unusual about the fault.")
    # Who acts
    route_id = fields.Many2one(
        "aftersales.assessment.route",
        compute="_compute_route_id",
        store=True,
        index="btree_not_null",
        groups=COMPANY,
        help="The first route that fits.",
    )
    proposed_actor = fields.Selection(
        selection=ACTORS, compute="_compute_route_id", store=True
    )
    actor = fields.Selection(
        selection=ACTORS,
        string="Who Acts",
        compute="_compute_actor",
        store=True,
        readonly=False,
        tracking=True,
    )
    responsible_id = fields.Many2one(
        "res.users", readonly=True, copy=False, groups=COMPANY
    )
    hand_back_reason = fields.Text(readonly=True, copy=False, tracking=True)
    agreed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    # By when
    reported_at = fields.Datetime(related="ticket_id.reported_at", store=True)
    due_at = fields.Datetime(compute="_compute_due_at", store=True, index=True)
    assessed_at = fields.Datetime(readonly=True, copy=False, tracking=True)
    assessed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    is_late = fields.Boolean(
        string="Assessed Late",
        compute="_compute_is_late",
        store=True,
        help="Assessed after it was due.",
    )
    reminded_at = fields.Datetime(readonly=True, copy=False)

    can_assess = fields.Boolean(compute="_compute_can")
    can_revise = fields.Boolean(compute="_compute_can")
    can_hand_back = fields.Boolean(compute="_compute_can")
    can_ask = fields.Boolean(compute="_compute_can")
    can_agree = fields.Boolean(compute="_compute_can")
    can_decline = fields.Boolean(compute="_compute_can")
    can_overrule = fields.Boolean(compute="_compute_can_overrule")

    _ticket_uniq = models.UniqueIndex(
        "(ticket_id)", "This case has its assessment already."
    )

    @api.depends("ticket_id.verdict", "state")
    def _compute_card_covered(self):
        for assessment in self:
            if assessment.state == "draft":
                assessment.card_covered = assessment.ticket_id.verdict == "covered"

    @api.depends("card_covered", "overruled")
    def _compute_covered(self):
        for assessment in self:
            assessment.covered = (
                assessment.overruled == "covered"
                if assessment.overruled
                else assessment.card_covered
            )

    @api.depends("ticket_id.severity")
    def _compute_level(self):
        for assessment in self:
            if assessment.state == "draft":
                assessment.level = assessment.ticket_id.severity

    @api.depends("part_id")
    def _compute_from_part(self):
        for assessment in self:
            part = assessment.part_id
            assessment.part_class_id = part.part_class_id or assessment.part_class_id
            assessment.is_bought_in = part.is_bought_in or assessment.is_bought_in

    @api.depends(
        "fault_id",
        "product_id",
        "part_class_id",
        "level",
        "is_bought_in",
        "is_unusual",
        "covered",
        "state",
    )
    def _compute_route_id(self):
        # sudo: the company's routes are hidden from dealers, their answer is not
        routes = (
            self.env["aftersales.assessment.route"]
            .sudo()
            .search([("active", "=", True)])
        )
        for assessment in self.filtered(lambda a: a.state == "draft"):
            fitting = routes.filtered(
                lambda route, a=assessment: route._is_applicable(a)
            )
            assessment.route_id = fitting[:1]
            assessment.proposed_actor = fitting[:1].actor

    @api.depends("proposed_actor")
    def _compute_actor(self):
        for assessment in self:
            if assessment.state == "draft":
                assessment.actor = assessment.proposed_actor or assessment.actor

    @api.depends("reported_at", "company_id.aftersales_assessment_hours")
    def _compute_due_at(self):
        for assessment in self:
            company = assessment.company_id or self.env.company
            hours = timedelta(hours=company.aftersales_assessment_hours)
            reported = assessment.reported_at or fields.Datetime.now()
            assessment.due_at = reported + hours

    @api.depends("due_at", "state", "ticket_id.closed")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for assessment in self:
            is_open = assessment.state == "draft" and not assessment.ticket_id.closed
            assessment.is_overdue = is_open and assessment.due_at < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_overdue_domain()

    @api.model
    def _get_overdue_domain(self):
        """Not assessed in time, while the case is open."""
        return (
            Domain("state", "=", "draft")
            & Domain("due_at", "<", fields.Datetime.now())
            & Domain("ticket_id.closed", "=", False)
        )

    @api.depends("assessed_at", "due_at")
    def _compute_is_late(self):
        for assessment in self:
            done = assessment.assessed_at
            assessment.is_late = bool(done) and done > assessment.due_at

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_overrule(self):
        may = self.env.su or self.env.user.has_group(SUPPORT)
        for assessment in self:
            assessment.can_overrule = may

    @api.model_create_multi
    def create(self, vals_list):
        assessments = super().create(vals_list)
        for assessment in assessments.sudo():  # sudo: everybody draws a number
            assessment.name = self.env["ir.sequence"].sudo().next_by_code(self._name)
        return assessments
