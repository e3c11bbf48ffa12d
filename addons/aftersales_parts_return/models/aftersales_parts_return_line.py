from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .aftersales_parts_return import (
    DEALER_OR_KEEPER,
    INSPECTOR,
    KEEPER,
    MANAGER,
)
from .aftersales_parts_return_reason import DISPOSITIONS

ASKING = {"product_id", "lot_id", "quantity", "reason_id", "note", "image"}
PRICING = {"manual_price", "manual_reason"}
FINDING = {
    "final_reason_id", "finding", "refit_hours", "missing_amount", "missing_note",
    "disposition", "inspection_image",
}  # fmt: skip
# Who writes what in which state of the return; nobody anything else.
WRITABLE = {
    "draft": [(DEALER_OR_KEEPER, ASKING)],
    "submitted": [(MANAGER, PRICING)],
    "approved": [(MANAGER, PRICING)],
    "shipped": [
        (KEEPER, {"received", "damaged", "damage_note"}),
        (MANAGER, PRICING),
    ],
    "received": [(INSPECTOR, FINDING), (MANAGER, PRICING)],
}


class AftersalesPartsReturnLine(models.Model):
    """One product, or one serial number, of a stock return."""

    _name = "aftersales.parts.return.line"
    _description = "Stock return line"
    _order = "return_id, id"
    _rec_name = "product_id"

    return_id = fields.Many2one(
        "aftersales.parts.return", required=True, ondelete="cascade", index=True
    )
    dealer_id = fields.Many2one(related="return_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="return_id.company_id", store=True)
    currency_id = fields.Many2one(related="return_id.currency_id")
    state = fields.Selection(
        related="return_id.state", store=True, string="Status", index=True
    )
    received_on = fields.Datetime(related="return_id.received_on", store=True)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        ondelete="restrict",
        domain=[("is_storable", "=", True)],
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    tracking = fields.Selection(related="product_id.tracking")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot/Serial",
        ondelete="restrict",
        domain="[('product_id', '=', product_id)]",
    )
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    reason_id = fields.Many2one(
        "aftersales.parts.return.reason",
        string="Dealer's Reason",
        required=True,
        ondelete="restrict",
    )
    note = fields.Char(string="What Is the Matter")
    image = fields.Image(string="Photo", max_width=1920, max_height=1920)
    # Arrival
    received = fields.Float(digits="Product Unit", help="Pieces that were scanned.")
    missing = fields.Float(
        digits="Product Unit", compute="_compute_accepted", store=True
    )
    surplus = fields.Float(
        digits="Product Unit", compute="_compute_accepted", store=True
    )
    damaged = fields.Float(
        digits="Product Unit", help="Of the pieces that came, damaged on the way."
    )
    damage_note = fields.Char()
    accepted = fields.Float(
        string="Taken Back",
        digits="Product Unit",
        compute="_compute_accepted",
        store=True,
        help="Listed and received; until it arrived, what is listed.",
    )
    # Inspection
    final_reason_id = fields.Many2one(
        "aftersales.parts.return.reason",
        string="Reason Found",
        ondelete="restrict",
    )
    finding = fields.Text()
    inspection_image = fields.Image(
        string="Inspector's Photo", max_width=1920, max_height=1920
    )
    refit_hours = fields.Float()
    missing_amount = fields.Monetary(
        string="Missing Pieces",
        help="What the pieces that are missing on it cost, before tax.",
    )
    missing_note = fields.Char(string="Which Pieces Are Missing")
    disposition = fields.Selection(DISPOSITIONS, string="Goes to")
    # Money
    price_ids = fields.One2many(
        "aftersales.parts.return.price", "line_id", string="Prices Paid"
    )
    manual_price = fields.Float(
        string="Price Entered",
        digits="Product Price",
        aggregator=None,
        help="Price paid for pieces that no invoice of the dealer is found for.",
    )
    manual_reason = fields.Char(string="Why This Price")
    priced = fields.Float(
        digits="Product Unit", compute="_compute_goods_amount", store=True
    )
    unpriced = fields.Boolean(
        string="Price Missing", compute="_compute_goods_amount", store=True
    )
    goods_amount = fields.Monetary(
        string="Price Paid", compute="_compute_goods_amount", store=True
    )
    deducted_amount = fields.Monetary(
        string="Deduction", compute="_compute_deducted_amount", store=True
    )
    move_ids = fields.One2many(
        "stock.move", "return_line_id", groups="stock.group_stock_user"
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Return at least one piece, or delete the line."
    )
    _findings_positive = models.Constraint(
        "CHECK (refit_hours >= 0 AND missing_amount >= 0 AND manual_price >= 0)",
        "Hours, missing pieces and prices are not below zero.",
    )

    @api.depends("quantity", "received", "state")
    def _compute_accepted(self):
        for line in self:
            arrived = line.state in ("received", "inspected", "credited")
            came = line.received if arrived else line.quantity
            line.accepted = min(came, line.quantity)
            line.missing = line.quantity - line.accepted
            line.surplus = max(came - line.quantity, 0.0)

    @api.depends("price_ids.quantity", "price_ids.amount", "accepted")
    def _compute_goods_amount(self):
        for line in self:
            line.priced = sum(line.price_ids.mapped("quantity"))
            line.goods_amount = sum(line.price_ids.mapped("amount"))
            short = bool(line.uom_id) and line.uom_id.compare(
                line.priced, line.accepted
            )
            line.unpriced = short < 0

    @api.depends(
        "goods_amount", "refit_hours", "missing_amount", "return_id.refit_rate",
        "final_reason_id", "reason_id",
    )  # fmt: skip
    def _compute_deducted_amount(self):
        for line in self:
            line.deducted_amount = sum(line._get_deductions().values())

    @api.constrains("received", "damaged")
    def _check_received(self):
        for line in self:
            compare = line.uom_id.compare
            if (
                compare(line.received, 0.0) < 0
                or compare(line.damaged, 0.0) < 0
                or compare(line.damaged, line.received) > 0
            ):
                raise ValidationError(
                    self.env._(
                        "%(part)s: of %(received)g pieces received between 0 and "
                        "%(received)g can be damaged. Correct the numbers.",
                        part=line.product_id.display_name,
                        received=line.received,
                    )
                )

    @api.constrains("product_id", "lot_id", "quantity")
    def _check_lot(self):
        for line in self:
            lot, product = line.lot_id, line.product_id
            if lot and lot.product_id != product:
                raise ValidationError(
                    self.env._(
                        "%(lot)s is no serial number of %(part)s. Choose one of the "
                        "product's own.",
                        lot=lot.name,
                        part=product.display_name,
                    )
                )
            if product.tracking == "serial" and line.uom_id.compare(line.quantity, 1):
                raise ValidationError(
                    self.env._(
                        "%(part)s has serial numbers: one line per piece, quantity 1.",
                        part=product.display_name,
                    )
                )

    @api.onchange("product_id")
    def _onchange_product_id(self):
        if self.lot_id.product_id != self.product_id:
            self.lot_id = False

    def _get_reason(self):
        """The reason that counts: the inspector's, until then the dealer's."""
        self.ensure_one()
        return self.final_reason_id or self.reason_id

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_create_vals(vals)
        lines = super().create(vals_list)
        if not self.env.su:
            lines._ensure_asking()
        return lines

    def unlink(self):
        if not self.env.su:
            self._ensure_asking()
        return super().unlink()

    def write(self, vals):
        if not self.env.su:
            self._check_write(vals)
        return super().write(vals)

    @api.model
    def _check_create_vals(self, vals):
        closed = set(vals) - ASKING - {"return_id"}
        if closed:
            raise AccessError(
                self.env._(
                    "A new line says what is returned and why; %(fields)s cannot be "
                    "set.",
                    fields=", ".join(sorted(closed)),
                )
            )

    def _ensure_asking(self):
        """:raises UserError: the paper is no draft any more"""
        for line in self:
            if line.return_id.state != "draft":
                raise UserError(
                    self.env._(
                        "%(paper)s was submitted: its lines stand. Press “Revise” "
                        "first, as long as it is not approved.",
                        paper=line.return_id.name,
                    )
                )

    def _check_write(self, vals):
        """Each state has its role and its fields, see :data:`WRITABLE`."""
        for line in self:
            paper = line.return_id
            allowed = set()
            for groups, names in WRITABLE.get(paper.state, []):
                if self.env.user.has_groups(groups):
                    allowed |= names
            closed = set(vals) - allowed
            if closed:
                raise AccessError(
                    self.env._(
                        "%(paper)s: %(fields)s cannot be changed by you in this state.",
                        paper=paper.name,
                        fields=", ".join(sorted(closed)),
                    )
                )
