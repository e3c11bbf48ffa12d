from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import (
    Transition,
)

from ..utils.roles import ACCOUNTANT, COMPANY_ONLY, DEALER_MANAGER, MANAGER

EDITABLE_STATES = ("draft", "returned")


class AftersalesClaim(models.Model):
    """A dealer asks to be paid back for one repair under warranty (三包费用).

    Its lines come from the repair record; nothing is typed twice. The dealer's manager
    files it, the rules adjudicate it at once and leave to the warranty accountant only
    what a rule wants a person to see. A repair is claimed once, ever; a rejected claim
    is reopened on appeal, not filed a second time.
    """

    _name = "aftersales.claim"
    _description = "Warranty claim"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True

    _transitions = {
        "submit": Transition(
            EDITABLE_STATES, "submitted", f"{DEALER_MANAGER},{MANAGER}"
        ),
        "review": Transition(("submitted",), "in_review", ACCOUNTANT),
        "send_back": Transition(("submitted", "in_review"), "returned", ACCOUNTANT),
        "approve": Transition(("submitted", "in_review"), "approved", ACCOUNTANT),
        "reject": Transition(("submitted", "in_review"), "rejected", ACCOUNTANT),
        "reopen": Transition(("approved", "rejected"), "in_review", ACCOUNTANT),
        "settle": Transition(("approved",), "settled", ACCOUNTANT),
        "unsettle": Transition(("settled",), "approved", MANAGER),
    }
    _protected_fields = (
        "name", "dealer_id", "company_id", "repair_id", "card_id", "lot_id",
        "product_id", "repair_date", "claimed", "approved", "cut", "submitted_on",
        "submitted_by_id", "decided_on", "settlement_id", "decision_ids",
    )  # fmt: skip
    _editable_states = EDITABLE_STATES
    _always_editable_fields = ("review_note", "reviewer_id")

    name = fields.Char(string="Claim No.", default="New", required=True, copy=False)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("returned", "Returned"),
            ("in_review", "In Review"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("settled", "Settled"),
        ],
        default="draft",
        required=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    dealer_id = fields.Many2one(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    claim_type_id = fields.Many2one(
        "aftersales.claim.type", required=True, ondelete="restrict", tracking=True
    )
    repair_id = fields.Many2one(
        "repair.order",
        string="Repair Record",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    card_id = fields.Many2one(
        "aftersales.warranty.card",
        string="Warranty Card",
        index="btree_not_null",
        ondelete="restrict",
    )
    lot_id = fields.Many2one(
        related="repair_id.lot_id", store=True, index="btree_not_null", string="Serial"
    )
    product_id = fields.Many2one(
        related="repair_id.product_id", store=True, string="Machine"
    )
    repair_date = fields.Date(string="Repaired on", required=True)
    line_ids = fields.One2many("aftersales.claim.line", "claim_id", string="Positions")
    decision_ids = fields.One2many(
        "aftersales.claim.decision", "claim_id", string="Decisions"
    )
    claimed = fields.Monetary(
        compute="_compute_amounts", store=True, help="Sum asked for, before tax."
    )
    approved = fields.Monetary(
        string="Approved Amount",
        compute="_compute_amounts",
        store=True,
        tracking=True,
        help="Sum granted, before tax.",
    )
    cut = fields.Monetary(
        string="Taken Off",
        compute="_compute_amounts",
        store=True,
        help="Claimed less approved, once it is decided.",
    )
    note = fields.Text(string="Dealer's Remark")
    submitted_on = fields.Date(readonly=True, copy=False, tracking=True)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_on = fields.Date(readonly=True, copy=False)
    settlement_id = fields.Many2one(
        "aftersales.settlement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The one settlement that pays this claim.",
    )
    review_note = fields.Text(string="Internal Note", groups=COMPANY_ONLY)
    reviewer_id = fields.Many2one(
        "res.users",
        groups=COMPANY_ONLY,
        index="btree_not_null",
        domain=[("dealer_id", "=", False), ("share", "=", False)],
    )

    can_submit = fields.Boolean(compute="_compute_can")
    can_review = fields.Boolean(compute="_compute_can")
    can_send_back = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    is_editable = fields.Boolean(compute="_compute_is_editable")

    _repair_uniq = models.Constraint(
        "UNIQUE (repair_id)",
        "This repair record has a claim already. A repair is claimed once; open that "
        "claim, or have the warranty accountant reopen it.",
    )
    _unsettled_idx = models.Index("(dealer_id, decided_on) WHERE state = 'approved'")

    @api.depends("line_ids.claimed", "line_ids.approved", "state")
    def _compute_amounts(self):
        for claim in self:
            claim.claimed = sum(claim.line_ids.mapped("claimed"))
            claim.approved = sum(claim.line_ids.mapped("approved"))
            claim.cut = claim.claimed - claim.approved if claim._is_decided() else 0.0

    @api.depends("state")
    def _compute_is_editable(self):
        for claim in self:
            claim.is_editable = claim.state in EDITABLE_STATES

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        if name == "reopen":
            return allowed and not self.settlement_id
        return allowed

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "New") == "New":
                vals["name"] = (
                    self.env["ir.sequence"]
                    .with_company(vals.get("company_id"))
                    .next_by_code("aftersales.claim")
                )
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for claim in self:
            if claim.state != "draft" or claim.submitted_on:
                raise UserError(
                    self.env._(
                        "%(claim)s was filed and stays on record. Only a draft that "
                        "was never filed can be deleted.",
                        claim=claim.name,
                    )
                )

    def _ensure_editable(self):
        """:raises UserError: names a claim that is filed and thereby closed"""
        closed = self.filtered(lambda claim: not claim.is_editable)
        if closed:
            raise UserError(
                self.env._(
                    "%(claim)s is filed; its positions can no longer be changed.",
                    claim=closed[0].name,
                )
            )

    def _is_decided(self):
        """Whether ``approved`` says something (a proposal at least)."""
        self.ensure_one()
        return self.state in ("in_review", "approved", "rejected", "settled")

    def _ensure_can(self, name):
        res = super()._ensure_can(name)
        settled = self.filtered("settlement_id") if name == "reopen" else self.browse()
        if settled and not self.env.su:
            raise UserError(
                self.env._(
                    "%(claim)s is part of settlement %(settlement)s. It can be "
                    "reopened only when the dealer disputes it there.",
                    claim=settled[0].name,
                    settlement=settled[0].settlement_id.name,
                )
            )
        return res

    def _prepare_decided_vals(self):
        return {"decided_on": fields.Date.context_today(self)}

    def _ensure_accountant(self):
        """:raises AccessError: the user is no warranty accountant"""
        if not self.env.su and not self.env.user.has_groups(ACCOUNTANT):
            raise AccessError(
                self.env._("Only a warranty accountant decides on claims.")
            )

    def action_open_repair(self):
        self.ensure_one()
        return self.repair_id.get_formview_action()

    def action_open_settlement(self):
        self.ensure_one()
        return self.settlement_id.get_formview_action()

    @api.model
    def _get_unsettled_domain(self, date_to):
        """Approved claims that no settlement pays yet, decided by a day."""
        return (
            Domain("state", "=", "approved")
            & Domain("settlement_id", "=", False)
            & Domain("approved", ">", 0)
            & Domain("decided_on", "<=", date_to)
        )
