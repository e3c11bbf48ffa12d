from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import (
    Transition,
)

from ..utils.roles import ACCOUNTANT, COMPANY_ONLY, DEALER_MANAGER, MANAGER

OPEN_STATES = ("draft", "notified", "disputed")


class AftersalesSettlement(models.Model):
    """The settlement notice (核销通知): what a dealer is paid for one period, and how.

    Built from his approved claims, it is notified, confirmed by his manager, and then
    offset: one credit note, reconciled with his invoices, oldest first. A claim is paid
    by one settlement, ever. What is in the books is never edited, only reversed.
    """

    _name = "aftersales.settlement"
    _description = "Settlement notice"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_to desc, id desc"
    _check_company_auto = True

    _transitions = {
        "notify": Transition(("draft", "disputed"), "notified", ACCOUNTANT),
        "confirm": Transition(("notified",), "confirmed", DEALER_MANAGER),
        "dispute": Transition(("notified",), "disputed", DEALER_MANAGER),
        "withdraw": Transition(("notified", "confirmed"), "draft", ACCOUNTANT),
        "offset": Transition(("confirmed",), "offset", ACCOUNTANT),
        "close": Transition(("offset",), "closed", ACCOUNTANT),
        "reverse": Transition(("offset", "closed"), "confirmed", MANAGER),
    }
    _protected_fields = (
        "name", "dealer_id", "company_id", "date_from", "date_to", "claim_ids",
        "amount_untaxed", "amount_tax", "amount_total", "confirmed_by_id",
        "confirmed_on", "notified_on", "offset_on", "move_id", "move_ids",
        "credit_note_name",
    )  # fmt: skip
    _editable_states = ("draft", "disputed")

    name = fields.Char(string="Notice No.", default="New", required=True, copy=False)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("notified", "Notified"),
            ("confirmed", "Confirmed"),
            ("disputed", "Disputed"),
            ("offset", "Offset"),
            ("closed", "Closed"),
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
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    claim_ids = fields.One2many("aftersales.claim", "settlement_id", string="Claims")
    claim_count = fields.Integer(compute="_compute_claim_count")
    line_ids = fields.One2many(
        "aftersales.settlement.line", "settlement_id", string="Amounts"
    )
    amount_untaxed = fields.Monetary(
        string="Before Tax", compute="_compute_amounts", store=True
    )
    amount_tax = fields.Monetary(string="Tax", compute="_compute_amounts", store=True)
    amount_total = fields.Monetary(
        string="Total", compute="_compute_amounts", store=True, tracking=True
    )
    notified_on = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    offset_on = fields.Date(readonly=True, copy=False)
    move_id = fields.Many2one(
        "account.move",
        string="Credit Note",
        readonly=True,
        copy=False,
        groups=COMPANY_ONLY,
        help="The posted credit note that pays this settlement.",
    )
    move_ids = fields.One2many(
        "account.move", "settlement_id", string="Entries", groups=COMPANY_ONLY
    )
    credit_note_name = fields.Char(string="Credit Note No.", readonly=True, copy=False)
    offset_ids = fields.One2many(
        "aftersales.settlement.offset", "settlement_id", string="Offsets"
    )
    amount_offset = fields.Monetary(string="Offset", compute="_compute_amount_offset")
    amount_open = fields.Monetary(
        string="Open Credit",
        compute="_compute_amount_offset",
        help="Part of the credit note that no invoice has used yet.",
    )
    note = fields.Text(string="Remark on the Notice")

    can_notify = fields.Boolean(compute="_compute_can")
    can_confirm = fields.Boolean(compute="_compute_can")
    can_dispute = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_offset = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_reverse = fields.Boolean(compute="_compute_can")

    _period_uniq = models.Constraint(
        "UNIQUE (dealer_id, company_id, date_from, date_to)",
        "This dealer has a settlement for this period already.",
    )
    _move_uniq = models.Constraint(
        "UNIQUE (move_id)", "This credit note pays another settlement."
    )
    _period_order = models.Constraint(
        "CHECK (date_from <= date_to)", "A period does not end before it begins."
    )

    @api.depends("claim_ids")
    def _compute_claim_count(self):
        groups = self.env["aftersales.claim"]._read_group(
            [("settlement_id", "in", self.ids)], ["settlement_id"], ["__count"]
        )
        counts = {settlement.id: count for settlement, count in groups}
        for settlement in self:
            settlement.claim_count = counts.get(settlement.id, 0)

    @api.depends("line_ids.amount", "line_ids.tax_ids")
    def _compute_amounts(self):
        for settlement in self:
            totals = settlement._get_tax_totals()
            settlement.amount_untaxed = totals["base_amount_currency"]
            settlement.amount_tax = totals["tax_amount_currency"]
            settlement.amount_total = totals["total_amount_currency"]

    @api.depends("offset_ids.amount", "amount_total", "state")
    def _compute_amount_offset(self):
        groups = self.env["aftersales.settlement.offset"]._read_group(
            [("settlement_id", "in", self.ids)], ["settlement_id"], ["amount:sum"]
        )
        amounts = {settlement.id: amount for settlement, amount in groups}
        for settlement in self:
            paid = settlement.state in ("offset", "closed")
            offset = amounts.get(settlement.id, 0.0)
            settlement.amount_offset = offset
            settlement.amount_open = settlement.amount_total - offset if paid else 0.0

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "New") == "New":
                vals["name"] = (
                    self.env["ir.sequence"]
                    .with_company(vals.get("company_id"))
                    .next_by_code("aftersales.settlement")
                )
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for settlement in self:
            if settlement.state != "draft" or settlement.sudo().move_ids:
                raise UserError(
                    self.env._(
                        "%(settlement)s was sent to the dealer and stays on record. "
                        "Withdraw it first; after an offset it can only be reversed.",
                        settlement=settlement.name,
                    )
                )
        # sudo: the claims wait for the next settlement; their link is closed to hands
        self.sudo().claim_ids.write({"settlement_id": False})

    def _ensure_editable(self):
        """:raises UserError: names a notice that is with the dealer, or booked"""
        closed = self.filtered(lambda one: one.state not in self._editable_states)
        if closed:
            raise UserError(
                self.env._(
                    "%(settlement)s can no longer be edited: it was sent to the "
                    "dealer. Withdraw it first.",
                    settlement=closed[0].name,
                )
            )

    def action_open_claims(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_claim.aftersales_claim_action"
        )
        return {**action, "domain": [("settlement_id", "=", self.id)], "context": {}}

    def action_open_credit_note(self):
        self.ensure_one()
        return self.move_id.get_formview_action()
