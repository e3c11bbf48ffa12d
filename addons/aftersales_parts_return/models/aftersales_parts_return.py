from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from .account_move import COMPANY_ONLY

DEALER = "aftersales_dealer.group_dealer_user"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
KEEPER = "aftersales_dealer.group_parts_keeper"
INSPECTOR = "aftersales_dealer.group_inspector"
ACCOUNTANT = "aftersales_dealer.group_warranty_accountant"
MANAGER = "aftersales_dealer.group_manager"
DEALER_OR_KEEPER = f"{DEALER},{KEEPER}"
# States in which the pieces of a return are still with the dealer, and spoken for.
ASKED = ("submitted", "approved")
DROPPED = ("refused", "cancelled")


class AftersalesPartsReturn(models.Model):
    """Stock that a dealer sends back to the company (退货单).

    Asked for, approved, sent, received by scanning, inspected, credited at the price
    paid. The reason found by the inspector decides who bears freight and refit.
    """

    _name = "aftersales.parts.return"
    _description = "Stock return"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"

    _transitions = {
        "submit": Transition(("draft",), "submitted", DEALER_OR_KEEPER),
        "approve": Transition(("submitted",), "approved", KEEPER),
        "refuse": Transition(ASKED, "refused", KEEPER),
        "revise": Transition(("submitted", "refused"), "draft", DEALER_OR_KEEPER),
        "ship": Transition(("approved",), "shipped", DEALER),
        "receive": Transition(("shipped",), "received", KEEPER),
        "inspect": Transition(("received",), "inspected", INSPECTOR),
        "credit": Transition(("inspected",), "credited", ACCOUNTANT),
        "reverse": Transition(("credited",), "inspected", MANAGER),
        "cancel": Transition(
            ("draft", *ASKED, "refused"), "cancelled", DEALER_OR_KEEPER
        ),
    }
    _editable_states = ("draft", *ASKED, "shipped", "received", "inspected")
    _dealer_editable_states = ("draft", "approved")
    _protected_fields = (
        "name", "company_id", "refusal_reason", "surplus_note", "shipped_on",
        "received_on", "received_by", "inspected_on", "inspected_by", "refit_rate",
        "credited_on", "move_id", "move_ids", "credit_note_name", "amount_tax",
        "amount_total",
    )  # fmt: skip

    name = fields.Char(string="Return No.", readonly=True, copy=False, default="/")
    dealer_id = fields.Many2one(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "To Ship"),
            ("shipped", "On the Way"),
            ("received", "To Inspect"),
            ("inspected", "To Credit"),
            ("credited", "Credited"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        tracking=True,
        index=True,
        group_expand=True,
    )
    line_ids = fields.One2many("aftersales.parts.return.line", "return_id")
    note = fields.Text(string="Remarks")
    refusal_reason = fields.Text(readonly=True, copy=False, tracking=True)
    carrier = fields.Char(copy=False, tracking=True)
    waybill = fields.Char(copy=False, tracking=True)
    freight = fields.Monetary(copy=False, tracking=True, help="Tax included.")
    freight_payer = fields.Selection(
        [("dealer", "Dealer"), ("company", "Company")],
        string="Freight Paid by",
        default="dealer",
        required=True,
        tracking=True,
        help="Who paid the carrier. Who bears it follows from the reasons.",
    )
    scan = fields.Text(
        string="Scanned Barcodes",
        copy=False,
        help="Put the cursor here and scan one piece after the other.",
    )
    surplus_note = fields.Text(string="Came without Being Listed", readonly=True)
    shipped_on = fields.Datetime(readonly=True, copy=False)
    received_on = fields.Datetime(readonly=True, copy=False)
    received_by = fields.Many2one("res.users", readonly=True, copy=False)
    inspected_on = fields.Datetime(readonly=True, copy=False)
    inspected_by = fields.Many2one("res.users", readonly=True, copy=False)
    refit_rate = fields.Monetary(
        string="Refit Hour", readonly=True, copy=False, aggregator=None
    )
    credited_on = fields.Date(readonly=True, copy=False)
    move_id = fields.Many2one(
        "account.move",
        string="Credit Note",
        readonly=True,
        copy=False,
        groups=COMPANY_ONLY,
    )
    move_ids = fields.One2many(
        "account.move", "parts_return_id", string="Entries", groups=COMPANY_ONLY
    )
    credit_note_name = fields.Char(string="Credit Note No.", readonly=True, copy=False)
    quantity = fields.Float(
        string="Pieces", digits="Product Unit", compute="_compute_amounts", store=True
    )
    amount_goods = fields.Monetary(
        string="Price Paid", compute="_compute_amounts", store=True
    )
    amount_deducted = fields.Monetary(
        string="Deductions",
        compute="_compute_amounts",
        store=True,
        help="Kept share, refit hours and missing pieces.",
    )
    amount_freight = fields.Monetary(
        string="Freight Settled",
        compute="_compute_amounts",
        store=True,
        help="Added when the dealer paid what the company bears, deducted when the "
        "company paid what the dealer bears.",
    )
    amount_untaxed = fields.Monetary(
        string="Credit before Tax", compute="_compute_amounts", store=True
    )
    amount_tax = fields.Monetary(string="Tax", readonly=True, copy=False)
    amount_total = fields.Monetary(string="Credited", readonly=True, copy=False)
    has_lots = fields.Boolean(string="Serial Numbers", compute="_compute_has_lots")
    has_unpriced = fields.Boolean(
        string="Price Missing", compute="_compute_amounts", store=True
    )
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_revise = fields.Boolean(compute="_compute_can")
    can_ship = fields.Boolean(compute="_compute_can")
    can_receive = fields.Boolean(compute="_compute_can")
    can_inspect = fields.Boolean(compute="_compute_can")
    can_credit = fields.Boolean(compute="_compute_can")
    can_reverse = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _name_uniq = models.UniqueIndex(
        "(name) WHERE name <> '/'", "A return with this number exists."
    )
    _move_uniq = models.Constraint(
        "UNIQUE (move_id)", "This credit note pays another return."
    )
    _freight_positive = models.Constraint(
        "CHECK (freight >= 0)", "The freight is not below zero."
    )

    @api.depends(
        "freight",
        "freight_payer",
        "line_ids.accepted",
        "line_ids.goods_amount",
        "line_ids.deducted_amount",
        "line_ids.unpriced",
        "line_ids.reason_id",
        "line_ids.final_reason_id",
    )
    def _compute_amounts(self):
        for paper in self:
            lines = paper.line_ids
            paper.quantity = sum(lines.mapped("accepted"))
            paper.amount_goods = sum(lines.mapped("goods_amount"))
            paper.amount_deducted = -sum(lines.mapped("deducted_amount"))
            paper.amount_freight = paper._get_freight_settled()
            paper.amount_untaxed = (
                paper.amount_goods + paper.amount_deducted + paper.amount_freight
            )
            paper.has_unpriced = any(lines.mapped("unpriced"))

    @api.depends("line_ids.lot_id", "line_ids.product_id")
    def _compute_has_lots(self):
        for paper in self:
            tracked = paper.line_ids.mapped("tracking")
            paper.has_lots = any(kind in ("lot", "serial") for kind in tracked)

    def _get_freight_settled(self):
        """Freight that goes into the credit, with its sign.

        It is shared between the reasons by the price paid for the pieces, or by
        pieces where nothing was paid.
        """
        self.ensure_one()
        lines = self.line_ids.filtered("accepted")
        field = "goods_amount" if sum(lines.mapped("goods_amount")) else "accepted"
        whole = sum(lines.mapped(field))
        if not whole or not self.freight:
            return 0.0
        ours = sum(
            line[field]
            for line in lines
            if line._get_reason().freight_bearer == "company"
        )
        company_share = self.currency_id.round(self.freight * ours / whole)
        if self.freight_payer == "dealer":
            return company_share
        return company_share - self.freight

    @api.model_create_multi
    def create(self, vals_list):
        papers = super().create(vals_list)
        # sudo: everybody who may make one draws a number, which is protected
        sequence = self.env["ir.sequence"].sudo()
        for paper in papers.sudo():
            paper.name = sequence.next_by_code("aftersales.parts.return") or "/"
        return papers

    def _check_protected_write(self, vals):
        res = super()._check_protected_write(vals)
        if not self.env.user.is_dealer:
            return res
        frozen = [name for name in vals if not self._is_always_editable(name)]
        states = self._dealer_editable_states
        locked = self.filtered(lambda paper: paper.state not in states)
        if frozen and locked:
            raise UserError(
                self.env._(
                    "%(paper)s is with the company and can no longer be changed "
                    "(field: %(fields)s). Write a message on it instead.",
                    paper=locked[0].name,
                    fields=self._get_field_labels(frozen),
                )
            )
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for paper in self:
            if paper.state != "draft":
                raise UserError(
                    self.env._(
                        "%(paper)s is known to the company and cannot be deleted; "
                        "cancel it.",
                        paper=paper.name,
                    )
                )

    def action_print_slip(self):
        return self.env.ref(
            "aftersales_parts_return.aftersales_parts_return_report"
        ).report_action(self)

    def action_open_credit_note(self):
        self.ensure_one()
        return self.move_id.get_formview_action()
