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
    # a dealer may answer in his own chatter, though he does not keep his record
    _mail_post_access = "read"

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
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
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
        help="States or provinces the dealer serves.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        default=lambda self: self.env.company.resource_calendar_id,
    )
    staff_ids = fields.One2many("aftersales.staff", "dealer_id", string="Service Staff")
    user_ids = fields.One2many("res.users", "dealer_id")
    staff_count = fields.Integer(compute="_compute_staff_count")
    user_count = fields.Integer(compute="_compute_user_count")
    customer_ids = fields.One2many("res.partner", "dealer_id", string="Customers")
    customer_count = fields.Integer(compute="_compute_customer_count")
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
        counts = self._count_by_dealer("aftersales.staff")
        for dealer in self:
            dealer.staff_count = counts.get(dealer.id, 0)

    @api.depends("user_ids")
    def _compute_user_count(self):
        counts = self._count_by_dealer("res.users")
        for dealer in self:
            dealer.user_count = counts.get(dealer.id, 0)

    @api.depends("customer_ids")
    def _compute_customer_count(self):
        counts = self._count_by_dealer("res.partner")
        for dealer in self:
            dealer.customer_count = counts.get(dealer.id, 0)

    def _count_by_dealer(self, model):
        """Number of active records of ``model`` per dealer id."""
        groups = self.env[model]._read_group(
            [("dealer_id", "in", self.ids)], ["dealer_id"], ["__count"]
        )
        return {dealer.id: count for dealer, count in groups}

    @api.depends("code", "name")
    def _compute_display_name(self):
        for dealer in self:
            dealer.display_name = f"[{dealer.code}] {dealer.name or ''}".strip()

    def action_open_measure(self):
        """Ask for the reason of the measure that the pressed button names."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason"),
            "res_model": "aftersales.dealer.measure",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_dealer_ids": self.ids,
                "default_measure": self.env.context.get("measure"),
            },
        }

    def _take_measure(self, measure, reason):
        """Warn, restrict, suspend, reinstate or terminate, and tell the dealers why.

        :param str measure: a name of ``_transitions``
        :param str reason: shown to the dealer in the chatter, sent to his managers
        :raises AccessError: the user is no after-sales manager
        :raises UserError: a dealer's state does not allow it, or no reason is given
        """
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(dealers)s: give the reason; the dealer is told.",
                    dealers=", ".join(self.mapped("display_name")),
                )
            )
        self._transition(measure)
        labels = dict(self._fields["state"]._description_selection(self.env))
        for dealer in self:
            dealer.message_post(
                body=self.env._(
                    "%(state)s: %(reason)s", state=labels[dealer.state], reason=reason
                ),
                subtype_xmlid="mail.mt_comment",
                partner_ids=dealer._get_managers().partner_id.ids,
            )

    def _get_managers(self):
        """The users who run these dealers' service."""
        group = self.env.ref("aftersales_dealer.group_dealer_manager")
        # sudo: whom to notify, whoever acts
        users = self.sudo().user_ids
        return users.filtered(lambda user: group in user.all_group_ids).sudo(False)

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
        return self._open_records("aftersales_dealer.aftersales_staff_action")

    def action_open_customers(self):
        return self._open_records("aftersales_dealer.res_partner_customer_action")

    def action_open_users(self):
        return self._open_records("aftersales_dealer.res_users_dealer_action")

    def _open_records(self, action_xmlid):
        """The action, narrowed to this dealer's records."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(action_xmlid)
        return {
            **action,
            "domain": list(Domain("dealer_id", "=", self.id)),
            "context": {"default_dealer_id": self.id},
        }
