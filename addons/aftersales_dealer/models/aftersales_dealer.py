from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .aftersales_transition_mixin import Transition

MANAGER = "aftersales_dealer.group_manager"


class AftersalesDealer(models.Model):
    """A dealer who sells and services the maker's machines.

    His record is the fence's post: a user with this dealer sees what belongs to it and
    nothing of any other. Its state is what a scorecard's outcome, or the after-sales
    manager, makes of it: a restricted dealer is served with reserve, a suspended or
    terminated one may not open new work (:meth:`_ensure_may_operate`).
    """

    _name = "aftersales.dealer"
    _description = "Dealer"
    _inherit = [
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "code"
    _rec_names_search = ["code", "name"]

    _transitions = {
        "warn": Transition(("active",), "warned", MANAGER),
        "restrict": Transition(("active", "warned"), "restricted", MANAGER),
        "suspend": Transition(("active", "warned", "restricted"), "suspended", MANAGER),
        "reinstate": Transition(
            ("warned", "restricted", "suspended"), "active", MANAGER
        ),
        "terminate": Transition(
            ("active", "warned", "restricted", "suspended"), "terminated", MANAGER
        ),
    }

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="restrict",
        help="The company that buys from us and that is invoiced and credited.",
    )
    name = fields.Char(related="partner_id.name", store=True, readonly=False)
    code = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        selection=[
            ("active", "Active"),
            ("warned", "Warned"),
            ("restricted", "Restricted"),
            ("suspended", "Suspended"),
            ("terminated", "Terminated"),
        ],
        default="active",
        required=True,
        tracking=True,
    )
    active = fields.Boolean(default=True)
    grade_id = fields.Many2one("aftersales.dealer.grade", tracking=True)
    sales_rep_id = fields.Many2one(
        "res.users",
        string="Sales Representative",
        tracking=True,
        domain=[("share", "=", False), ("dealer_id", "=", False)],
    )
    territory_ids = fields.Many2many(
        "res.country.state",
        string="Territory",
        help="States or provinces the dealer serves.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        default=lambda self: self.env.company.resource_calendar_id,
    )
    staff_ids = fields.One2many("aftersales.staff", "dealer_id", string="Service Staff")
    user_ids = fields.One2many("res.users", "dealer_id", string="Users")
    staff_count = fields.Integer(compute="_compute_staff_count")
    image_128 = fields.Image(related="partner_id.image_128")

    can_warn = fields.Boolean(compute="_compute_can")
    can_restrict = fields.Boolean(compute="_compute_can")
    can_suspend = fields.Boolean(compute="_compute_can")
    can_reinstate = fields.Boolean(compute="_compute_can")
    can_terminate = fields.Boolean(compute="_compute_can")

    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id)", "This contact is a dealer already."
    )
    _code_uniq = models.Constraint("UNIQUE (code)", "A dealer with this code exists.")

    @api.depends("staff_ids")
    def _compute_staff_count(self):
        groups = self.env["aftersales.staff"]._read_group(
            [("dealer_id", "in", self.ids)], ["dealer_id"], ["__count"]
        )
        counts = {dealer.id: count for dealer, count in groups}
        for dealer in self:
            dealer.staff_count = counts.get(dealer.id, 0)

    @api.depends("code", "name")
    def _compute_display_name(self):
        for dealer in self:
            dealer.display_name = f"[{dealer.code}] {dealer.name or ''}".strip()

    def action_warn(self):
        self._transition("warn")

    def action_restrict(self):
        self._transition("restrict")

    def action_suspend(self):
        self._transition("suspend")

    def action_reinstate(self):
        self._transition("reinstate")

    def action_terminate(self):
        self._transition("terminate")

    def _is_operating(self):
        """Whether the dealer may open new work (cards, cases, claims)."""
        self.ensure_one()
        return self.state not in ("suspended", "terminated")

    def _ensure_may_operate(self):
        """Raise when a dealer may not open new work.

        :raises UserError: names the dealer, his state and whom to ask
        """
        # sudo: the state decides, whoever acts for the dealer
        for dealer in self.sudo():
            if not dealer._is_operating():
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "Dealer %(dealer)s is %(state)s and cannot open new work. "
                        "Ask the after-sales manager to reinstate the dealer.",
                        dealer=dealer.display_name,
                        state=labels[dealer.state].lower(),
                    )
                )

    def action_open_staff(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_dealer.aftersales_staff_action"
        )
        return {
            **action,
            "domain": list(Domain("dealer_id", "=", self.id)),
            "context": {"default_dealer_id": self.id},
        }
