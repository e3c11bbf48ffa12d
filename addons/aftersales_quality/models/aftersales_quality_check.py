from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from .aftersales_quality_plan import LEVELS

COMPANY_INSPECTOR = "aftersales_dealer.group_inspector"
COMPANY_MANAGER = "aftersales_dealer.group_manager"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"


class AftersalesQualityCheck(models.Model):
    """One level of the quality check of a repair, in one round.

    The levels follow each other: who is next finds an open check in his queue. A
    failed check ends the round; the work goes back to the technician, and all levels
    check again, from his own on.
    """

    _name = "aftersales.quality.check"
    _description = "Quality check"
    _inherit = [
        "aftersales.transition.mixin",
        "aftersales.dealer.mixin",
        "mail.thread",
    ]
    _order = "repair_id desc, round desc, rank"

    _transitions = {
        "open": Transition(("waiting",), "open"),
        "pass": Transition(("open",), "passed"),
        "fail": Transition(("open",), "failed"),
        "void": Transition(("waiting", "open", "passed"), "void"),
    }
    _protected_fields = (
        "repair_id",
        "plan_id",
        "level",
        "rank",
        "round",
        "opened_at",
        "checked_at",
        "checked_by_id",
    )
    _editable_states = ("open",)

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="repair_id.dealer_id", store=True, precompute=True, default=None
    )
    staff_id = fields.Many2one(
        related="repair_id.staff_id",
        string="Technician",
        store=True,
        precompute=True,
        index=True,
    )
    product_id = fields.Many2one(
        related="repair_id.product_id", store=True, precompute=True
    )
    lot_id = fields.Many2one(related="repair_id.lot_id", string="Machine")
    plan_id = fields.Many2one(
        "aftersales.quality.plan",
        ondelete="restrict",
        index="btree_not_null",
        groups="!aftersales_dealer.group_dealer_user",
    )
    level = fields.Selection(selection=LEVELS, required=True)
    rank = fields.Integer(
        required=True, aggregator=None, help="Place of the level in its round."
    )
    round = fields.Integer(
        required=True,
        default=1,
        aggregator="max",
        help="How many times the work was presented.",
    )
    state = fields.Selection(
        selection=[
            ("waiting", "Waiting"),
            ("open", "To Check"),
            ("passed", "Passed"),
            ("failed", "Failed"),
            ("void", "Void"),
        ],
        default="waiting",
        required=True,
        index=True,
        tracking=True,
    )
    item_ids = fields.One2many("aftersales.quality.check.item", "check_id")
    defect_ids = fields.Many2many("aftersales.quality.defect", string="Defects")
    redo = fields.Text(string="To Do Again", help="What the technician has to mend.")
    note = fields.Text()
    opened_at = fields.Datetime(string="To Check Since", readonly=True)
    checked_at = fields.Datetime(string="Checked On", readonly=True)
    checked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    pass_rate = fields.Float(
        string="Passed (%)",
        compute="_compute_pass_rate",
        store=True,
        aggregator="avg",
        digits=(5, 1),
        help="100 for a passed check, 0 for a failed one; averaged in groups.",
    )
    is_mine = fields.Boolean(
        string="For Me to Check", compute="_compute_is_mine", search="_search_is_mine"
    )
    can_pass = fields.Boolean(compute="_compute_can")
    can_fail = fields.Boolean(compute="_compute_can")

    _level_uniq = models.Constraint(
        "UNIQUE (repair_id, round, level)",
        "A repair has one check per level and round.",
    )

    # COMPUTES

    @api.depends("state")
    def _compute_pass_rate(self):
        for check in self:
            check.pass_rate = 100 if check.state == "passed" else 0

    @api.depends("repair_id", "level", "round")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["level"]._description_selection(self.env))
        for check in self:
            check.display_name = self.env._(
                "%(repair)s, %(level)s, round %(round)s",
                repair=check.repair_id.name or "",
                level=labels.get(check.level, ""),
                round=check.round,
            )

    @api.depends_context("uid")
    @api.depends("state", "level", "staff_id")
    def _compute_is_mine(self):
        for check in self:
            check.is_mine = check.state == "open" and check._is_checker()

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "open") & self._get_queue_domain()

    @api.model
    def _get_queue_domain(self):
        """Checks of any state that are the user's to do; extension point."""
        user = self.env.user
        role = self._get_own_role()
        of_others = Domain("staff_id.user_id", "!=", user.id)
        mine = Domain("level", "=", "self") & Domain("staff_id.user_id", "=", user.id)
        own_side = Domain("dealer_id", "=", user.dealer_id.id)
        if role == "manager" or (user.is_dealer and user.has_group(DEALER_MANAGER)):
            mine |= Domain("level", "=", "leader") & own_side & of_others
        if not user.is_dealer and user.has_group(COMPANY_INSPECTOR):
            mine |= Domain("level", "=", "inspector") & of_others
        elif role == "inspector":
            mine |= Domain("level", "=", "inspector") & own_side & of_others
        return mine

    @api.model
    def _get_own_role(self):
        """The user's role in service, if he has one."""
        # sudo: a user finds his own staff record
        staff = self.env["aftersales.staff"].sudo()
        return staff.search([("user_id", "=", self.env.uid)], limit=1).role

    # WHO MAY CHECK

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        return allowed and self._is_checker()

    def _is_checker(self):
        """Whether the user may say on this level whether the work is good."""
        self.ensure_one()
        return self.env.su or getattr(self, f"_is_checker_{self.level}")()

    def _is_own_work(self):
        self.ensure_one()
        user = self.sudo().staff_id.user_id  # sudo: hidden company staff
        return bool(user) and user == self.env.user

    def _is_checker_self(self):
        self.ensure_one()
        staff = self.sudo().staff_id  # sudo: hidden company staff
        if staff and not staff.user_id:
            return self._is_leader()  # who has no login tells his team leader
        return self._is_own_work()

    def _is_checker_leader(self):
        self.ensure_one()
        return not self._is_own_work() and self._is_leader()

    def _is_leader(self):
        """Whether the user leads the side that repairs; the company's manager may
        stand in for a leader who repairs himself."""
        self.ensure_one()
        user = self.env.user
        if user.has_group(COMPANY_MANAGER) and not user.is_dealer:
            return True
        # sudo: the dealer of a repair is no secret to who may read the repair
        if self.sudo().dealer_id != user.dealer_id:
            return False
        is_manager = user.is_dealer and user.has_group(DEALER_MANAGER)
        return is_manager or self._get_own_role() == "manager"

    def _is_checker_inspector(self):
        self.ensure_one()
        user = self.env.user
        if self._is_own_work():
            return False
        if not user.is_dealer:
            return user.has_group(COMPANY_INSPECTOR)
        # sudo: see _is_leader
        same_side = self.sudo().dealer_id == user.dealer_id
        return same_side and self._get_own_role() == "inspector"
