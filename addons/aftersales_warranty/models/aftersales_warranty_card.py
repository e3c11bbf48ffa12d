import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import (
    Transition,
)

DEALER = "aftersales_dealer.group_dealer_user"
SUPPORT = "aftersales_dealer.group_support"
MANAGER = "aftersales_dealer.group_manager"
# A serial number has at most one card outside these states.
DEAD_STATES = ("rejected", "void")


class AftersalesWarrantyCard(models.Model):
    """The warranty card of one machine: who sold it to whom, when, how long covered.

    Expiry is a date, not a state. A slip that reaches the company late costs the dealer
    its reimbursement and never touches the customer's cover.
    """

    _name = "aftersales.warranty.card"
    _description = "Warranty card"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "sale_date desc, id desc"
    _rec_names_search = ["name", "serial"]

    _transitions = {
        "submit": Transition(("draft", "rejected"), "submitted", f"{DEALER},{SUPPORT}"),
        "activate": Transition(("submitted",), "active", SUPPORT),
        "reject": Transition(("submitted",), "rejected", SUPPORT),
        "void": Transition(
            ("draft", "submitted", "active", "rejected"), "void", MANAGER
        ),
        "exchange": Transition(("active",), "void", SUPPORT),
    }
    _protected_fields = (
        "name",
        "company_id",
        "policy_id",
        "registration",
        "reimbursable",
        "on_time_rate",
        "start_date",
        "end_date",
        "stopped_days",
        "usage",
        "waive_reason",
        "waived_by_id",
        "reject_reason",
        "void_reason",
        "void_date",
        "replaces_id",
        "replaced_by_id",
        "exchange_date",
        "reissue_count",
        "access_token",
        "owner_ids",
    )
    _editable_states = ("draft", "rejected")
    # Each of these has a check of its own: access rows, or _check_returned_on.
    _always_editable_fields = ("note", "returned_on", "reading_ids", "stop_ids")

    name = fields.Char(
        string="Card No.",
        default="New",
        required=True,
        copy=False,
        readonly=True,
        index=True,
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("active", "Active"),
            ("rejected", "Rejected"),
            ("void", "Void"),
        ],
        default="draft",
        required=True,
        tracking=True,
        group_expand=True,
    )
    dealer_id = fields.Many2one(required=True, tracking=True)
    company_id = fields.Many2one(related="dealer_id.company_id", store=True)
    product_id = fields.Many2one(
        "product.product",
        string="Machine",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_machine", "=", True)],
    )
    serial = fields.Char(
        string="Serial Number",
        required=True,
        index="trigram",
        help="As stamped on the machine's plate. It is found among the known serial "
        "numbers, or registered as a new one.",
    )
    lot_id = fields.Many2one(
        "stock.lot",
        string="Serial Record",
        required=True,
        index=True,
        ondelete="restrict",
        copy=False,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index=True,
        ondelete="restrict",
        tracking=True,
        help="The machine's present owner.",
    )
    sale_date = fields.Date(required=True, tracking=True, help="Date of the invoice.")
    delivery_date = fields.Date()
    acceptance_date = fields.Date()
    invoice_ref = fields.Char(string="Invoice No.")
    returned_on = fields.Date(
        string="Slip Received on",
        copy=False,
        tracking=True,
        help="The day the registration slip reached the company. A card that the "
        "dealer submits here counts as received on that day.",
    )
    registration = fields.Selection(
        selection=[("on_time", "On Time"), ("late", "Late"), ("waived", "Waived")],
        compute="_compute_registration",
        store=True,
        tracking=True,
    )
    reimbursable = fields.Boolean(
        compute="_compute_registration",
        store=True,
        help="Whether the dealer is paid back for work on this machine. The customer's "
        "cover does not depend on it.",
    )
    on_time_rate = fields.Float(
        string="On Time (%)",
        compute="_compute_registration",
        store=True,
        aggregator="avg",
        help="100 for a slip that came in time, else 0: its average is the rate.",
    )
    policy_id = fields.Many2one(
        "aftersales.warranty.policy",
        compute="_compute_policy_id",
        store=True,
        index=True,
        ondelete="restrict",
    )
    start_date = fields.Date(compute="_compute_period", store=True)
    end_date = fields.Date(
        string="Covered until",
        compute="_compute_period",
        store=True,
        index=True,
        help="Last day of the whole machine's cover, days in repair included.",
    )
    stopped_days = fields.Integer(
        string="Days in Repair",
        compute="_compute_period",
        store=True,
        aggregator="avg",
        help="Days added to the end of the cover.",
    )
    usage = fields.Float(compute="_compute_usage", store=True, aggregator="avg")
    usage_unit = fields.Selection(related="policy_id.usage_unit")
    waive_reason = fields.Char(readonly=True, copy=False, tracking=True)
    waived_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reject_reason = fields.Char(readonly=True, copy=False, tracking=True)
    void_reason = fields.Char(readonly=True, copy=False, tracking=True)
    void_date = fields.Date(readonly=True, copy=False)
    replaces_id = fields.Many2one(
        "aftersales.warranty.card",
        string="Replaces Card",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    replaced_by_id = fields.Many2one(
        "aftersales.warranty.card", string="Replaced by Card", readonly=True, copy=False
    )
    exchange_date = fields.Date(readonly=True, copy=False)
    reissue_count = fields.Integer(
        string="Duplicates Issued", readonly=True, copy=False
    )
    access_token = fields.Char(
        compute="_compute_access_token",
        store=True,
        precompute=True,
        copy=False,
        groups="base.group_user",
    )
    note = fields.Html()
    reading_ids = fields.One2many(
        "aftersales.warranty.reading", "card_id", string="Readings"
    )
    stop_ids = fields.One2many(
        "aftersales.warranty.stop", "card_id", string="Stopped Clock"
    )
    owner_ids = fields.One2many("aftersales.warranty.owner", "card_id", string="Owners")

    can_submit = fields.Boolean(compute="_compute_can")
    can_activate = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_void = fields.Boolean(compute="_compute_can")
    can_exchange = fields.Boolean(compute="_compute_can")
    can_waive_late = fields.Boolean(compute="_compute_can_waive_late")

    _lot_live_uniq = models.UniqueIndex(
        "(lot_id) WHERE state NOT IN ('rejected', 'void')",
        "This serial number has a live warranty card already.",
    )
    _token_uniq = models.UniqueIndex(
        "(access_token)", "Two cards cannot have one access token."
    )
    # The list's order, for the company and for one dealer.
    _sale_idx = models.Index("(sale_date DESC, id DESC)")
    _dealer_sale_idx = models.Index("(dealer_id, sale_date DESC, id DESC)")
    _submitted_idx = models.Index("(sale_date DESC) WHERE state = 'submitted'")

    @api.model
    def _default_access_token(self):
        return secrets.token_urlsafe(24)

    def _compute_access_token(self):
        for card in self:
            card.access_token = card.access_token or self._default_access_token()

    @api.depends("name", "serial")
    def _compute_display_name(self):
        for card in self:
            serial = f" ({card.serial})" if card.serial else ""
            card.display_name = f"{card.name}{serial}"

    @api.depends("product_id", "sale_date", "dealer_id")
    def _compute_policy_id(self):
        sales = [
            (
                card.product_id.categ_id,
                card.sale_date or fields.Date.context_today(self),
                card.company_id,
            )
            for card in self
        ]
        policies = self.env["aftersales.warranty.policy"]._get_for_sales(sales)
        for card, policy in zip(self, policies, strict=True):
            card.policy_id = policy

    @api.constrains("sale_date", "delivery_date", "acceptance_date", "returned_on")
    def _check_dates(self):
        today = fields.Date.context_today(self)
        for card in self:
            for name in (
                "sale_date",
                "delivery_date",
                "acceptance_date",
                "returned_on",
            ):
                if card[name] and card[name] > today:
                    raise ValidationError(
                        self.env._(
                            "%(card)s: “%(field)s” lies in the future (%(date)s). "
                            "Correct the date.",
                            card=card.display_name,
                            field=card._get_field_labels([name]),
                            date=format_date(self.env, card[name]),
                        )
                    )
            if card.returned_on and card.returned_on < card.sale_date:
                raise ValidationError(
                    self.env._(
                        "%(card)s: the slip cannot have reached the company before the "
                        "sale on %(date)s. Correct one of the dates.",
                        card=card.display_name,
                        date=format_date(self.env, card.sale_date),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        for card in self:
            if card.state != "draft" and not self.env.su:
                raise UserError(
                    self.env._(
                        "%(card)s has been handed in and cannot be deleted. The "
                        "after-sales manager can void it.",
                        card=card.display_name,
                    )
                )
