from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .aftersales_quotation import COMPANY_ONLY, MANAGER

LINE_KINDS = [
    ("part", "Parts"),
    ("labour", "Labour"),
    ("travel", "Travel"),
    ("night", "Night Work"),
    ("other", "Other"),
]


class AftersalesQuotationLine(models.Model):
    """One piece of work or one part of a quotation, covered or charged.

    ``quantity`` is in the unit of the product: hours of labour, kilometres, pieces.
    """

    _name = "aftersales.quotation.line"
    _description = "Service quotation line"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "quotation_id, sequence, id"

    quotation_id = fields.Many2one(
        "aftersales.quotation", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="quotation_id.dealer_id", store=True, precompute=True, default=None
    )
    currency_id = fields.Many2one(related="quotation_id.currency_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(selection=LINE_KINDS, required=True, default="part")
    operation_id = fields.Many2one("aftersales.operation", ondelete="restrict")
    product_id = fields.Many2one(
        "product.product",
        string="Part or Service",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    name = fields.Char(
        string="Text",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    quantity = fields.Float(
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    covered = fields.Boolean(help="Borne by the warranty and not charged.")
    published_price = fields.Float(
        digits="Product Price",
        compute="_compute_published_price",
        store=True,
        precompute=True,
        help="By the published rates and price list on the day of the quotation.",
    )
    price_unit = fields.Float(
        string="Unit Price",
        digits="Product Price",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    discount = fields.Float(string="Discount (%)", digits="Discount")
    tax_ids = fields.Many2many(
        "account.tax",
        compute="_compute_tax_ids",
        store=True,
        groups=COMPANY_ONLY,
    )
    price_subtotal = fields.Monetary(
        string="Before Tax", compute="_compute_price", store=True
    )
    price_total = fields.Monetary(
        string="Charged", compute="_compute_price", store=True, help="Tax included."
    )
    covered_total = fields.Monetary(
        string="Warranty",
        compute="_compute_price",
        store=True,
        help="What a covered line would cost, tax included.",
    )
    used_quantity = fields.Float(
        string="Used", digits="Product Unit", readonly=True, copy=False
    )
    used_subtotal = fields.Monetary(compute="_compute_used", store=True)
    used_total = fields.Monetary(compute="_compute_used", store=True)
    is_extra = fields.Boolean(
        string="Not Quoted",
        readonly=True,
        copy=False,
        help="Added by the finished repair, within the tolerance.",
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 OR is_extra)", "The quantity of a line must be above zero."
    )
    _price_positive = models.Constraint(
        "CHECK (price_unit >= 0)", "The price of a line cannot be below zero."
    )
    _discount_valid = models.Constraint(
        "CHECK (discount >= 0 AND discount <= 100)",
        "A discount lies between 0 and 100 percent.",
    )

    @api.depends("kind")
    def _compute_product_id(self):
        rates = self.env["aftersales.charge.rate"]
        for quotation, lines in self.grouped("quotation_id").items():
            valid = quotation._get_rates()
            for line in lines:
                if line.kind != "part":
                    rate = valid.get(line.kind, rates)
                    line.product_id = rate.product_id or rates._get_service_product(
                        line.kind
                    )
                elif line.product_id.type == "service":
                    line.product_id = False

    @api.depends("product_id", "operation_id", "kind")
    def _compute_name(self):
        for line in self:
            # part numbers tell a customer something, our service codes do not
            if line.kind == "part":
                line.name = line.product_id.display_name or line.name
            else:
                work = line.operation_id if line.kind == "labour" else None
                line.name = (work or line.product_id).name or line.name

    @api.depends("operation_id")
    def _compute_quantity(self):
        for line in self:
            line.quantity = line.operation_id.hours or line.quantity or 1.0

    @api.depends("product_id", "kind", "quotation_id.date", "quotation_id.dealer_id")
    def _compute_published_price(self):
        for quotation, lines in self.grouped("quotation_id").items():
            for line in lines:
                price = quotation._get_published_price(line.kind, line.product_id)
                line.published_price = price

    @api.depends("published_price", "kind")
    def _compute_price_unit(self):
        for line in self:
            if line.kind != "other":
                line.price_unit = line.published_price

    @api.depends("product_id")
    def _compute_tax_ids(self):
        for line in self:
            line.tax_ids = line.quotation_id._get_taxes(line.product_id)

    @api.depends("quantity", "price_unit", "discount", "tax_ids", "covered")
    def _compute_price(self):
        for line in self:
            untaxed, total = line._get_amounts(line.quantity)
            line.price_subtotal = 0.0 if line.covered else untaxed
            line.price_total = 0.0 if line.covered else total
            line.covered_total = total if line.covered else 0.0

    @api.depends("used_quantity", "price_unit", "discount", "tax_ids", "covered")
    def _compute_used(self):
        for line in self:
            charged = 0.0 if line.covered else line.used_quantity
            line.used_subtotal, line.used_total = line._get_amounts(charged)

    def _get_key(self):
        """What the line is to a customer; see ``ChargeSource.key``."""
        self.ensure_one()
        product = self.product_id.id if self.kind == "part" else False
        return (self.kind, self.covered, product, self.operation_id.id or False)

    def _prepare_kept_vals(self):
        """What was agreed by hand and outlives a refresh from the repair."""
        self.ensure_one()
        if self.currency_id.compare_amounts(self.price_unit, self.published_price):
            return {"price_unit": self.price_unit, "discount": self.discount}
        return {"discount": self.discount}

    def _get_amounts(self, quantity):
        """Amount of this line alone for a quantity, (before tax, tax included)."""
        self.ensure_one()
        # sudo: taxes are closed to dealers; only the sums are told
        engine = self.env["account.tax"].sudo()
        company = self.quotation_id.company_id or self.env.company
        base_line = self._prepare_base_line(quantity)
        engine._add_tax_details_in_base_line(base_line, company)
        engine._round_base_lines_tax_details([base_line], company)
        details = base_line["tax_details"]
        return details["total_excluded_currency"], details["total_included_currency"]

    def _prepare_base_line(self, quantity):
        """The line as core's tax engine takes it, equal to the invoice's."""
        self.ensure_one()
        line = self.sudo()  # sudo: taxes are closed to dealers
        return line.env["account.tax"]._prepare_base_line_for_taxes_computation(
            line,
            tax_ids=line.tax_ids,
            quantity=quantity,
            price_unit=line.price_unit,
            discount=line.discount,
            product_id=line.product_id,
            currency_id=line.quotation_id.currency_id or line.env.company.currency_id,
            partner_id=line.quotation_id.partner_id,
        )

    def _prepare_move_line_vals(self):
        """Values of the invoice line: what was used of this line."""
        self.ensure_one()
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "name": self.name,
            "quantity": self.used_quantity,
            "price_unit": self.price_unit,
            "discount": self.discount,
            "tax_ids": [fields.Command.set(self.tax_ids.ids)],
        }

    @api.constrains("price_unit", "published_price", "kind")
    def _check_published_price(self):
        """Nobody pays more than what is published.

        :raises ValidationError: names line and published price
        """
        if self.env.user.has_group(MANAGER):
            return
        for line in self.filtered(lambda line: line.kind != "other"):
            currency = line.currency_id
            if currency.compare_amounts(line.price_unit, line.published_price) > 0:
                raise ValidationError(
                    self.env._(
                        "%(line)s: the unit price %(price)s is above the published "
                        "price %(published)s. Lower it, or ask the after-sales manager "
                        "to publish another price.",
                        line=line.name,
                        price=line.quotation_id._format_amount(line.price_unit),
                        published=line.quotation_id._format_amount(
                            line.published_price
                        ),
                    )
                )

    @api.constrains("product_id", "kind")
    def _check_part_is_goods(self):
        for line in self:
            if (line.kind == "part") == (line.product_id.type == "service"):
                raise ValidationError(
                    self.env._(
                        "%(product)s does not fit a line of kind “%(kind)s”. Choose "
                        "goods for parts and a service for everything else.",
                        product=line.product_id.display_name,
                        kind=dict(LINE_KINDS)[line.kind],
                    )
                )

    @api.constrains("covered", "product_id")
    def _check_covered(self):
        """Cover only what the card covers; charging is always possible."""
        for line in self.filtered("covered"):
            repair = line.quotation_id.repair_id
            part = line.product_id if line.kind == "part" else None
            if repair and not repair._get_verdict(part=part).covered:
                raise ValidationError(
                    self.env._(
                        "%(line)s is not covered by the warranty card. Untick "
                        "“Covered”.",
                        line=line.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._ensure_draft()
        return lines

    def write(self, vals):
        self._ensure_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._ensure_draft()

    def _ensure_draft(self):
        """:raises UserError: the customer has been shown these lines"""
        if self.env.su:
            return
        for quotation in self.quotation_id:
            if quotation.state != "draft":
                raise UserError(
                    self.env._(
                        "Quotation %(quotation)s has been shown to the customer. Make "
                        "a new version to change it.",
                        quotation=quotation.display_name,
                    )
                )
