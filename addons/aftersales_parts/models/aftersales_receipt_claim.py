from odoo import api, fields, models

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

DEALER = "aftersales_dealer.group_dealer_user"
KEEPER = "aftersales_dealer.group_parts_keeper"


class AftersalesReceiptClaim(models.Model):
    """What was short, broken or wrong in a delivery, and the company's answer.

    Made with one click from the confirmed receipt, one per line and kind. The parts
    keeper decides: send again, credit, or refuse with a reason.
    """

    _name = "aftersales.receipt.claim"
    _description = "Delivery complaint"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"

    _transitions = {
        "resend": Transition(("open",), "resent", KEEPER),
        "credit": Transition(("open",), "credited", KEEPER),
        "refuse": Transition(("open",), "refused", KEEPER),
        "withdraw": Transition(("open",), "withdrawn", DEALER),
    }
    _protected_fields = (
        "name",
        "line_id",
        "kind",
        "quantity",
        "picking_id",
        "decided_by",
        "decided_on",
        "decision_note",
    )
    _editable_states = ("open",)

    name = fields.Char(required=True, readonly=True, copy=False, default="/")
    state = fields.Selection(
        [
            ("open", "To Decide"),
            ("resent", "Sent Again"),
            ("credited", "Credited"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="open",
        required=True,
        tracking=True,
        index=True,
    )
    line_id = fields.Many2one(
        "aftersales.parts.receipt.line",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    receipt_id = fields.Many2one(related="line_id.receipt_id", store=True, index=True)
    dealer_id = fields.Many2one(
        related="line_id.dealer_id", store=True, index=True, default=None
    )
    company_id = fields.Many2one(related="receipt_id.company_id", store=True)
    kind = fields.Selection(
        [("short", "Short"), ("broken", "Broken"), ("wrong", "Wrong Part")],
        required=True,
        readonly=True,
    )
    product_id = fields.Many2one(
        related="line_id.product_id", string="Part", store=True, index=True
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one(related="line_id.lot_id", string="Lot/Serial")
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    note = fields.Text(help="What the dealer found, in his words.")
    image = fields.Image(string="Photo", max_width=1920, max_height=1920)
    picking_id = fields.Many2one(
        "stock.picking",
        string="Sent Again by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="stock.group_stock_user",
    )
    decided_by = fields.Many2one("res.users", readonly=True, copy=False)
    decided_on = fields.Datetime(readonly=True, copy=False)
    decision_note = fields.Char(
        string="Answer", readonly=True, copy=False, tracking=True
    )
    can_resend = fields.Boolean(compute="_compute_can")
    can_credit = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    _once = models.Constraint(
        "UNIQUE (line_id, kind)", "This line has its complaint already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            vals["name"] = sequence.next_by_code(self._name) or "/"
        return super().create(vals_list)
