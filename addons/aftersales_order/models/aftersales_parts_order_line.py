from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

# What is entered; everything else on a line is the server's.
ENTERED = {"order_id", "product_id", "quantity", "uom_id", "note", "sequence"}


class AftersalesPartsOrderLine(models.Model):
    """One part of a dealer's order, in the part's own unit."""

    _name = "aftersales.parts.order.line"
    _description = "Parts order line"
    _order = "order_id, sequence, id"
    _rec_name = "product_id"

    order_id = fields.Many2one(
        "aftersales.parts.order", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    dealer_id = fields.Many2one(related="order_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    state = fields.Selection(related="order_id.state", store=True)
    submitted_on = fields.Datetime(related="order_id.submitted_on", store=True)
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("type", "=", "consu"), ("is_machine", "=", False)],
    )
    quantity = fields.Float(
        string="Ordered", digits="Product Unit", default=1.0, required=True
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    price_unit = fields.Monetary(
        string="Price",
        compute="_compute_price_unit",
        store=True,
        precompute=True,
        help="Of one piece, before tax, by the price list of the dealer's grade.",
    )
    subtotal = fields.Monetary(
        string="Before Tax", compute="_compute_subtotal", store=True
    )
    note = fields.Char()
    sale_line_id = fields.Many2one(
        "sale.order.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
    )
    delivered_quantity = fields.Float(
        related="sale_line_id.qty_delivered", string="Delivered", store=True
    )
    invoiced_quantity = fields.Float(
        related="sale_line_id.qty_invoiced_posted", string="Invoiced", store=True
    )
    open_quantity = fields.Float(
        string="To Deliver",
        digits="Product Unit",
        compute="_compute_open_quantity",
        store=True,
    )

    _part_uniq = models.UniqueIndex(
        "(order_id, product_id)",
        "This part is on the order already; change its quantity.",
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Order at least one piece, or delete the line."
    )

    # COMPUTES

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.product_id.uom_id

    @api.depends("product_id", "quantity", "order_id.dealer_id")
    def _compute_price_unit(self):
        for line in self:
            line.price_unit = line._get_price() if line.product_id else 0.0

    def _get_price(self):
        """Price of one piece today, in the order's currency."""
        self.ensure_one()
        # sudo: price lists are closed to dealers; each learns his own price
        order, product = self.sudo().order_id, self.sudo().product_id
        company = order.company_id or self.env.company
        pricelist = order.dealer_id and order.dealer_id._get_parts_pricelist()
        return (pricelist or product.env["product.pricelist"])._get_product_price(
            product.with_company(company),
            self.quantity or 1.0,
            currency=order.currency_id or company.currency_id,
            uom=product.uom_id,
            date=fields.Datetime.now(),
        )

    @api.depends("quantity", "price_unit")
    def _compute_subtotal(self):
        for line in self:
            line.subtotal = line._get_amounts(line.quantity)[0]

    @api.depends("quantity", "delivered_quantity", "state")
    def _compute_open_quantity(self):
        for line in self:
            going = line.state in ("submitted", "confirmed", "ready")
            line.open_quantity = (
                max(line.quantity - line.delivered_quantity, 0.0) if going else 0.0
            )

    def _get_taxes(self):
        """The sales taxes that core's order will have for this part."""
        self.ensure_one()
        # sudo: taxes are closed to dealers; only the sums are told
        order, product = self.sudo().order_id, self.sudo().product_id
        company = order.company_id or self.env.company
        taxes = product.taxes_id._filter_taxes_by_company(company)
        positions = self.env["account.fiscal.position"].sudo().with_company(company)
        partner = order.dealer_id.partner_id
        return positions._get_fiscal_position(partner).map_tax(taxes)

    def _prepare_base_line(self, quantity=None):
        """The line as core's tax engine takes it."""
        self.ensure_one()
        line = self.sudo()  # sudo: taxes are closed to dealers
        company = line.order_id.company_id or line.env.company
        return line.env["account.tax"]._prepare_base_line_for_taxes_computation(
            line,
            tax_ids=line._get_taxes(),
            quantity=line.quantity if quantity is None else quantity,
            price_unit=line.price_unit,
            product_id=line.product_id,
            currency_id=line.order_id.currency_id or company.currency_id,
            partner_id=line.order_id.dealer_id.partner_id,
        )

    def _get_amounts(self, quantity):
        """Amount of this line alone for a quantity, (before tax, tax included)."""
        self.ensure_one()
        # sudo: taxes are closed to dealers; only the sums are told
        engine = self.env["account.tax"].sudo()
        company = self.order_id.company_id or self.env.company
        base_line = self._prepare_base_line(quantity)
        engine._add_tax_details_in_base_line(base_line, company)
        engine._round_base_lines_tax_details([base_line], company)
        details = base_line["tax_details"]
        return details["total_excluded_currency"], details["total_included_currency"]

    def _prepare_sale_line_vals(self):
        self.ensure_one()
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "product_uom_id": self.uom_id.id,
            "price_unit": self.price_unit,
            "discount": 0.0,
            "tax_ids": [Command.set(self._get_taxes().ids)],
        }

    # CONSTRAINTS

    @api.constrains("uom_id", "product_id")
    def _check_unit(self):
        for line in self:
            unit = line.product_id.uom_id
            if line.uom_id != unit:
                raise ValidationError(
                    self.env._(
                        "%(order)s: %(part)s is ordered in %(unit)s, not in %(other)s. "
                        "Convert the quantity.",
                        order=line.order_id.name,
                        part=line.product_id.display_name,
                        unit=unit.name,
                        other=line.uom_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_entered(vals)
        lines = super().create(vals_list)
        if not self.env.su:
            lines._ensure_draft()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_entered(vals)
            self._ensure_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if not self.env.su:
            self._ensure_draft()

    @api.model
    def _check_entered(self, vals):
        closed = [name for name in vals if name not in ENTERED]
        if closed:
            raise AccessError(
                self.env._(
                    "The price of a part comes from the price list and what was "
                    "delivered from the deliveries; they cannot be set by hand (field: "
                    "%(fields)s).",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in closed
                        if name in self._fields
                    ),
                )
            )

    def _ensure_draft(self):
        for line in self:
            if line.order_id.state != "draft":
                raise UserError(
                    self.env._(
                        "%(order)s is handed in; its parts stand. Take it back to "
                        "change it.",
                        order=line.order_id.name,
                    )
                )

    # EXTENSION POINTS

    def _get_order_blockers(self):
        """Why this part cannot be ordered; extension point.

        :return: list of str that say what to do, empty when nothing speaks against it
        """
        self.ensure_one()
        blockers = self.product_id._get_supersession_blockers(
            fields.Date.context_today(self)
        )
        if self.order_id.currency_id.compare_amounts(self.price_unit, 0.0) <= 0:
            blockers.append(
                self.env._(
                    "%(part)s has no price in your price list. Ask the parts keeper.",
                    part=self.product_id.display_name,
                )
            )
        return blockers
