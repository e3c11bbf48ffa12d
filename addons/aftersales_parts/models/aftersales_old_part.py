from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

DEALER = "aftersales_dealer.group_dealer_user"
KEEPER = "aftersales_dealer.group_parts_keeper"
INSPECTOR = "aftersales_dealer.group_inspector"
# Whose fault makes the company pay the dealer's claim.
PAYABLE = ("company", "supplier")
# The company's people only: a dealer is an internal user, too.
COMPANY_GROUPS = f"base.group_user,!{DEALER}"
# What the company finds out when the piece arrives.
COMPANY_FIELDS = ("is_damaged",)


class AftersalesOldPart(models.Model):
    """One piece taken out of a machine under warranty, from tag to decision.

    The tag is the ledger of old parts: defective pieces are no stock of ours and carry
    no value, so no stock movement is made for them (docs/adr: old parts are tags).
    """

    _name = "aftersales.old.part"
    _description = "Old part"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "name desc"
    _rec_names_search = ["name", "repair_id.name", "product_id.default_code"]

    _transitions = {
        "ship": Transition(("recovered",), "shipped", f"{DEALER},{KEEPER}"),
        "receive": Transition(
            ("recovered", "shipped"), "received", f"{KEEPER},{INSPECTOR}"
        ),
        "inspect": Transition(("received", "inspected"), "inspected", INSPECTOR),
        "answer": Transition(("inspected",), "inspected", DEALER),
        "dispose": Transition(("inspected",), "inspected", KEEPER),
    }
    _protected_fields = (
        "name",
        "repair_id",
        "move_id",
        "product_id",
        "piece",
        "recovered_on",
        "due_date",
        "is_scanned",
        "is_missing",
        "is_surplus",
        "received_on",
        "finding",
        "cause",
        "responsibility",
        "disposition",
        "inspected_by",
        "inspected_on",
        "answer_due",
        "answer",
        "answered_by",
        "answered_on",
        "unit_value",
        "stock_move_id",
        "disposed_on",
        "disposed_by",
        "disposal_note",
    )
    _editable_states = ("recovered", "shipped", "received")

    name = fields.Char(
        string="Tag", required=True, readonly=True, copy=False, default="/"
    )
    state = fields.Selection(
        [
            ("recovered", "Recovered"),
            ("shipped", "Shipped"),
            ("received", "Received"),
            ("inspected", "Inspected"),
        ],
        default="recovered",
        required=True,
        tracking=True,
        index=True,
    )
    repair_id = fields.Many2one(
        "repair.order",
        string="Repair Record",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    move_id = fields.Many2one(
        "stock.move",
        string="Part Line",
        readonly=True,
        ondelete="restrict",
        index=True,
        help="The line of the repair record whose new part replaced this old one.",
    )
    piece = fields.Integer(readonly=True, help="Which piece of the part line: 1, 2, …")
    company_id = fields.Many2one(related="repair_id.company_id", store=True)
    product_id = fields.Many2one(
        "product.product", string="Part", required=True, readonly=True
    )
    lot_id = fields.Many2one(
        related="repair_id.lot_id", store=True, string="Machine Serial"
    )
    old_serial = fields.Char(
        help="Serial number on the old part itself, if it has one."
    )
    recovered_on = fields.Date(
        required=True, readonly=True, default=fields.Date.context_today
    )
    due_date = fields.Date(readonly=True, help="To be sent back by this day.")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_overdue")
    return_id = fields.Many2one(
        "aftersales.old.part.return",
        string="Return Box",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
    )
    is_scanned = fields.Boolean(string="Scanned", readonly=True, copy=False)
    is_missing = fields.Boolean(string="Missing", readonly=True, copy=False)
    is_surplus = fields.Boolean(
        string="Surplus",
        readonly=True,
        copy=False,
        help="It lay in the box although the dealer had not listed it.",
    )
    is_damaged = fields.Boolean(string="Damaged on Arrival", copy=False, tracking=True)
    received_on = fields.Datetime(readonly=True, copy=False)
    finding = fields.Text(readonly=True, copy=False, tracking=True)
    cause = fields.Selection(
        [
            ("manufacturing", "Manufacturing"),
            ("material", "Material"),
            ("design", "Design"),
            ("use", "Improper Use"),
            ("repair", "Improper Repair"),
            ("transport", "Transport"),
            ("wear", "Normal Wear"),
            ("no_fault", "No Fault Found"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
    )
    responsibility = fields.Selection(
        [
            ("company", "Company"),
            ("supplier", "Supplier"),
            ("dealer", "Dealer"),
            ("customer", "Customer"),
            ("carrier", "Carrier"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
        help="Whose money it is.",
    )
    disposition = fields.Selection(
        [
            ("usable", "Usable: Good Store"),
            ("scrap", "Scrap: Waste Store"),
            ("supplier", "Return to Supplier"),
            ("disputed", "Disputed: Dealer Answers"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
    )
    image = fields.Image(string="Photo", max_width=1920, max_height=1920)
    answer_due = fields.Date(
        string="Answer by",
        readonly=True,
        copy=False,
        help="Until then a disputed decision waits for the dealer's answer.",
    )
    answer = fields.Text(
        string="Dealer's Answer", readonly=True, copy=False, tracking=True
    )
    answered_by = fields.Many2one("res.users", readonly=True, copy=False)
    answered_on = fields.Datetime(readonly=True, copy=False)
    dispute_state = fields.Selection(
        [
            ("waiting", "Waiting for the Dealer"),
            ("late", "Answer Late"),
            ("answered", "Answered"),
        ],
        string="Dispute",
        compute="_compute_dispute_state",
        search="_search_dispute_state",
    )
    # Where it went after the decision
    unit_value = fields.Float(
        string="Value Taken in",
        digits="Product Price",
        readonly=True,
        copy=False,
        groups=COMPANY_GROUPS,
        help="What a usable piece was taken into the good store at.",
    )
    stock_move_id = fields.Many2one(
        "stock.move",
        string="Taken in by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="stock.group_stock_user",
    )
    disposed_on = fields.Datetime(
        string="Left the Inspection on", readonly=True, copy=False
    )
    disposed_by = fields.Many2one("res.users", readonly=True, copy=False)
    disposal_note = fields.Char(
        readonly=True,
        copy=False,
        help="Waste paper, supplier's return number: where it can be followed.",
    )
    inspected_by = fields.Many2one("res.users", readonly=True, copy=False)
    inspected_on = fields.Datetime(readonly=True, copy=False)
    is_payable = fields.Boolean(
        compute="_compute_is_payable",
        store=True,
        string="Company Pays",
        help="True when the inspection found the company or a supplier responsible. "
        "False before the inspection and while the dealer disputes it.",
    )
    can_receive = fields.Boolean(compute="_compute_can")
    can_inspect = fields.Boolean(compute="_compute_can")
    can_answer = fields.Boolean(compute="_compute_can")
    can_dispose = fields.Boolean(compute="_compute_can")

    _name_uniq = models.Constraint("UNIQUE (name)", "A tag with this number exists.")
    _piece_uniq = models.UniqueIndex(
        "(move_id, piece) WHERE move_id IS NOT NULL",
        "This piece of the part line has its tag already.",
    )

    @api.depends("state", "responsibility", "disposition")
    def _compute_is_payable(self):
        for old_part in self:
            old_part.is_payable = (
                old_part.state == "inspected"
                and old_part.disposition != "disputed"
                and old_part.responsibility in PAYABLE
            )

    @api.depends("state", "due_date")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for old_part in self:
            due = old_part.due_date
            old_part.is_overdue = (
                old_part.state == "recovered" and bool(due) and due < today
            )

    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "recovered") & Domain("due_date", "<", "today")

    @api.depends("disposition", "answer_due", "answered_on")
    def _compute_dispute_state(self):
        today = fields.Date.context_today(self)
        for old_part in self:
            if old_part.disposition != "disputed":
                old_part.dispute_state = False
            elif old_part.answered_on:
                old_part.dispute_state = "answered"
            elif old_part.answer_due and old_part.answer_due < today:
                old_part.dispute_state = "late"
            else:
                old_part.dispute_state = "waiting"

    def _search_dispute_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        disputed = Domain("disposition", "=", "disputed")
        silent = disputed & Domain("answered_on", "=", False)
        late = Domain("answer_due", "<", "today")
        found = {
            "answered": disputed & Domain("answered_on", "!=", False),
            "late": silent & late,
            "waiting": silent & ~late,
            False: Domain("disposition", "!=", "disputed"),
        }
        return Domain.OR(found[one] for one in value)

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            vals["name"] = sequence.next_by_code("aftersales.old.part") or "/"
        old_parts = super().create(vals_list)
        old_parts._set_due_date()
        return old_parts

    def _check_protected_write(self, vals):
        res = super()._check_protected_write(vals)
        if self.env.user.is_dealer:
            closed = [name for name in vals if name in COMPANY_FIELDS]
            if closed:
                raise AccessError(self._get_protected_refusal(closed))
        sent = self.filtered(lambda part: part.state != "recovered")
        if "return_id" in vals and sent:
            raise UserError(
                self.env._(
                    "%(tag)s was sent or handed in already and stays in its box.",
                    tag=sent[0].name,
                )
            )
        return res

    def _set_due_date(self):
        due_dates = self.env["aftersales.old.part.due.date"]
        for day, old_parts in self.grouped("recovered_on").items():
            # sudo: the due date is a rule of the company, not a dealer's entry
            old_parts.sudo().due_date = due_dates._get_next(day)
