from datetime import UTC, datetime, time, timedelta

from pytz import timezone

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

DEALER = "aftersales_dealer.group_dealer_user"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
KEEPER = "aftersales_dealer.group_parts_keeper"
MANAGER = "aftersales_dealer.group_manager"


class AftersalesStockingPlan(models.Model):
    """What a dealer keeps for one season (配件储备方案), due before it begins.

    The system proposes from the use of the last seasons and the machines in the field,
    the dealer decides, the company approves. Whoever refuses, is late or stocks less
    than proposed answers for the cases that wait for these parts.
    """

    _name = "aftersales.stocking.plan"
    _description = "Stocking plan"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_start desc, dealer_id, id"

    _transitions = {
        "propose": Transition(("draft", "proposed"), "proposed", f"{DEALER},{KEEPER}"),
        "submit": Transition(("proposed",), "submitted", DEALER),
        "refuse": Transition(
            ("draft", "proposed"), "refused", f"{DEALER_MANAGER},{KEEPER}"
        ),
        "reopen": Transition(("refused",), "proposed", f"{DEALER_MANAGER},{KEEPER}"),
        "approve": Transition(("submitted",), "approved", KEEPER),
        "send_back": Transition(("submitted",), "proposed", KEEPER),
        "order": Transition(("approved", "ordered"), "ordered", f"{DEALER},{KEEPER}"),
        "close": Transition(
            ("draft", "proposed", "submitted", "approved", "ordered", "refused"),
            "closed",
            KEEPER,
        ),
    }
    _editable_states = ("draft", "proposed", "submitted")
    _always_editable_fields = ("note", "line_ids")
    _protected_fields = (
        "name",
        "submitted_on",
        "submitted_by",
        "approved_on",
        "approved_by",
        "sent_back_on",
        "send_back_reason",
        "refused_on",
        "refused_by",
        "refuse_reason",
        "reminder",
        "closed_on",
    )

    name = fields.Char(required=True, readonly=True, copy=False, default="/")
    dealer_id = fields.Many2one(required=True)
    company_id = fields.Many2one(related="dealer_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    season_id = fields.Many2one(
        "aftersales.parts.season", required=True, ondelete="restrict", index=True
    )
    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        help="The year in which the season begins.",
    )
    date_start = fields.Date(
        string="Season from", compute="_compute_dates", store=True, precompute=True
    )
    date_end = fields.Date(
        string="Season to", compute="_compute_dates", store=True, precompute=True
    )
    begin_at = fields.Datetime(compute="_compute_dates", store=True, precompute=True)
    end_at = fields.Datetime(compute="_compute_dates", store=True, precompute=True)
    due_date = fields.Date(
        compute="_compute_due_date",
        store=True,
        precompute=True,
        readonly=False,
        tracking=True,
        help="By this day the dealer hands the plan in. The after-sales manager may "
        "move it.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "At the Dealer"),
            ("submitted", "To Approve"),
            ("approved", "Approved"),
            ("ordered", "Ordered"),
            ("closed", "Closed"),
            ("refused", "Refused by the Dealer"),
        ],
        default="draft",
        required=True,
        tracking=True,
        index=True,
    )
    line_ids = fields.One2many("aftersales.stocking.plan.line", "plan_id")
    note = fields.Text()
    value = fields.Monetary(
        compute="_compute_value",
        store=True,
        help="What the dealer stocks, at his prices before tax; once the company has "
        "decided, what it approved.",
    )
    needs_manager = fields.Boolean(
        string="After-sales Manager Approves", compute="_compute_needs_manager"
    )
    is_late = fields.Boolean(
        string="Late",
        compute="_compute_is_late",
        search="_search_is_late",
        help="Not handed in by the due date, or handed in after it.",
    )
    reminder = fields.Selection(
        [("before", "Before"), ("due", "On the due date"), ("late", "After it")],
        readonly=True,
        copy=False,
        string="Last Reminder",
    )
    submitted_on = fields.Date(
        string="Handed in on",
        readonly=True,
        copy=False,
        help="For the first time: a plan sent back for a change was not late.",
    )
    submitted_by = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Date(readonly=True, copy=False)
    approved_by = fields.Many2one("res.users", readonly=True, copy=False)
    sent_back_on = fields.Date(readonly=True, copy=False)
    send_back_reason = fields.Char(readonly=True, copy=False)
    refused_on = fields.Date(readonly=True, copy=False, tracking=True)
    refused_by = fields.Many2one("res.users", readonly=True, copy=False)
    refuse_reason = fields.Char(readonly=True, copy=False, tracking=True)
    closed_on = fields.Date(readonly=True, copy=False)
    can_propose = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_send_back = fields.Boolean(compute="_compute_can")
    can_order = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")

    _plan_uniq = models.UniqueIndex(
        "(dealer_id, season_id, year)",
        "This dealer has a stocking plan for this season and year already; open that "
        "one.",
    )
    _year_real = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)",
        "Enter the year in which the season begins, with four digits.",
    )

    # COMPUTES

    # Not on the season's months: a plan keeps the days it was made for.
    @api.depends("season_id", "year", "dealer_id")
    def _compute_dates(self):
        for plan in self:
            if not (plan.season_id and 2000 <= plan.year <= 2100):
                continue
            plan.date_start, plan.date_end = plan.season_id._get_occurrence(plan.year)
            plan.begin_at, plan.end_at = plan._get_moments(plan.year)

    def _get_moments(self, year):
        """Begin and end of the season of ``year`` as UTC moments.

        Days are those of the company's working hours; the end is not part of it.
        """
        self.ensure_one()
        # sudo: the working hours of the company
        company = self.dealer_id.sudo().company_id or self.env.company
        zone = timezone(company.resource_calendar_id.tz or "UTC")
        first, last = self.season_id._get_occurrence(year)
        return tuple(
            zone.localize(datetime.combine(day, time()))
            .astimezone(UTC)
            .replace(tzinfo=None)
            for day in (first, last + timedelta(days=1))
        )

    @api.depends("date_start")
    def _compute_due_date(self):
        today = fields.Date.context_today(self)
        for plan in self.filtered("date_start"):
            # sudo: settings of the company
            company = plan.dealer_id.sudo().company_id or self.env.company
            due = fields.Date.subtract(
                plan.date_start, days=company.aftersales_stocking_due_days
            )
            earliest = fields.Date.add(
                today, days=company.aftersales_stocking_remind_days
            )
            plan.due_date = max(due, earliest)

    @api.depends("line_ids.value")
    def _compute_value(self):
        for plan in self:
            plan.value = sum(plan.line_ids.mapped("value"))

    @api.depends("value", "company_id.aftersales_stocking_limit")
    def _compute_needs_manager(self):
        for plan in self:
            # sudo: a setting of the company
            limit = plan.sudo().company_id.aftersales_stocking_limit
            currency = plan.currency_id or plan.env.company.currency_id
            plan.needs_manager = currency.compare_amounts(plan.value, limit) > 0

    @api.depends("name", "season_id", "year")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = f"{plan.name} {plan.season_id.name or ''} {plan.year}"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        # sudo: whoever may make a plan draws a number, which is protected
        sequence = self.env["ir.sequence"].sudo()
        for plan in plans.sudo():
            plan.name = sequence.next_by_code("aftersales.stocking.plan") or "/"
        return plans

    def write(self, vals):
        if not self.env.su:
            self._check_heading(vals)
        return super().write(vals)

    def _check_heading(self, vals):
        """:raises AccessError: whose plan it is and when it is due are not his"""
        mine = {"note", "line_ids"} if self.env.user.is_dealer else None
        if mine is not None and any(
            name not in mine and not name.startswith(("message_", "activity_"))
            for name in vals
        ):
            raise AccessError(
                self.env._(
                    "%(plan)s: dealer, season and days are the company's. Enter your "
                    "quantities on the lines.",
                    plan=self[:1].name,
                )
            )
        known = self.filtered(lambda plan: plan.state != "draft")
        if known and {"dealer_id", "season_id", "year"} & set(vals):
            raise UserError(
                self.env._(
                    "%(plan)s is known to the dealer: dealer, season and year stand. "
                    "Close it and make another plan.",
                    plan=known[0].name,
                )
            )
        if "due_date" in vals and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "%(plan)s: only the after-sales manager moves the due date.",
                    plan=self[:1].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for plan in self:
            if plan.state != "draft":
                raise UserError(
                    self.env._(
                        "%(plan)s is known to the dealer and cannot be deleted; close "
                        "it.",
                        plan=plan.name,
                    )
                )
