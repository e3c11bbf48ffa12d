import secrets

from odoo import api, fields, models

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import (
    Transition,
)

DEALER = "aftersales_dealer.group_dealer_user"
SUPPORT = "aftersales_dealer.group_support"
MANAGER = "aftersales_dealer.group_manager"
DEAD_STATES = ("rejected", "void")


class AftersalesWarrantyCard(models.Model):
    """The warranty card (三包凭证) of one machine: who sold it to whom, when, and how
    long it is covered.

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
        "registration",
        "reimbursable",
        "start_date",
        "end_date",
        "stopped_days",
        "waive_reason",
        "waived_by_id",
        "reject_reason",
        "void_reason",
        "void_date",
        "replaces_id",
        "exchange_date",
        "reissue_count",
        "access_token",
        "usage",
    )
    _editable_states = ("draft", "rejected")
    _always_editable_fields = ("note",)

    name = fields.Char(
        string="Card No.", default="New", required=True, copy=False, readonly=True
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
        ondelete="restrict",
        domain=[("is_machine", "=", True)],
    )
    serial = fields.Char(
        string="Serial Number",
        required=True,
        help="As stamped on the machine's plate. It is found among the known serial "
        "numbers, or registered as a new one.",
    )
    lot_id = fields.Many2one(
        "stock.lot",
        string="Serial Record",
        required=True,
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
        help="The day the registration slip reached the company.",
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
        help="Whether the dealer is paid back for work on this machine.",
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
        string="Covered Until",
        compute="_compute_period",
        store=True,
        index=True,
        help="Last day of the whole machine's cover, days in repair included.",
    )
    stopped_days = fields.Integer(
        string="Days in Repair",
        compute="_compute_period",
        store=True,
        help="Days added to the end of the cover.",
    )
    usage = fields.Float(compute="_compute_usage", store=True)
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
    exchange_date = fields.Date(readonly=True, copy=False)
    reissue_count = fields.Integer(readonly=True, copy=False)
    access_token = fields.Char(
        default=lambda self: self._default_access_token(),
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    note = fields.Html()
    reading_ids = fields.One2many(
        "aftersales.warranty.reading", "card_id", string="Readings"
    )
    stop_ids = fields.One2many(
        "aftersales.warranty.stop", "card_id", string="Stopped Clock"
    )
    owner_ids = fields.One2many(
        "aftersales.warranty.owner", "card_id", string="Owners"
    )

    can_submit = fields.Boolean(compute="_compute_can")
    can_activate = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_void = fields.Boolean(compute="_compute_can")
    can_exchange = fields.Boolean(compute="_compute_can")

    _lot_live_uniq = models.UniqueIndex(
        "(lot_id) WHERE state NOT IN ('rejected', 'void')",
        "This serial number has a live warranty card already.",
    )
    _token_uniq = models.UniqueIndex(
        "(access_token)", "Two cards cannot have one access token."
    )
    _order_idx = models.Index("(sale_date DESC, id DESC)")

    @api.model
    def _default_access_token(self):
        return secrets.token_urlsafe(24)

    @api.depends("product_id", "sale_date")
    def _compute_policy_id(self):
        for card in self:
            card.policy_id = card.product_id.product_tmpl_id._get_warranty_policy(
                card.sale_date
            )

    @api.depends("returned_on", "sale_date", "policy_id", "waive_reason")
    def _compute_registration(self):
        for card in self:
            card.registration = False
            card.reimbursable = False
            if card.returned_on and card.sale_date:
                days = (card.returned_on - card.sale_date).days
                limit = card.policy_id.registration_days if card.policy_id else 20
                late = "waived" if card.waive_reason else "late"
                card.registration = "on_time" if days <= limit else late
                card.reimbursable = card.registration != "late"

    def action_submit(self):
        """Hand the cards in; the slip counts as received today."""
        for card in self:
            vals = {} if card.returned_on else {"returned_on": fields.Date.today()}
            card._transition("submit", vals)

    def action_activate(self):
        self._transition("activate")
