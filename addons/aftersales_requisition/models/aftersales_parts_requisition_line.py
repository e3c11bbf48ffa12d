from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# Movements that still count for a part line of the repair record.
DEAD = "cancel"


class AftersalesPartsRequisitionLine(models.Model):
    """One part of a requisition: asked, issued, used, returned.

    Issued, used, returned and open are in the part's own unit.
    """

    _name = "aftersales.parts.requisition.line"
    _description = "Parts requisition line"
    _order = "requisition_id, id"
    _rec_name = "product_id"

    requisition_id = fields.Many2one(
        "aftersales.parts.requisition", required=True, ondelete="cascade", index=True
    )
    dealer_id = fields.Many2one(
        related="requisition_id.dealer_id", store=True, index=True
    )
    company_id = fields.Many2one(related="requisition_id.company_id", store=True)
    currency_id = fields.Many2one(related="requisition_id.currency_id")
    state = fields.Selection(related="requisition_id.state")
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("type", "=", "consu"), ("is_machine", "=", False)],
    )
    quantity = fields.Float(
        string="Asked", digits="Product Unit", default=1.0, required=True
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    product_quantity = fields.Float(
        string="Asked in the Part's Unit",
        digits="Product Unit",
        compute="_compute_product_quantity",
        store=True,
        precompute=True,
    )
    on_hand = fields.Float(
        digits="Product Unit",
        compute="_compute_on_hand",
        help="Pieces in the store that the parts are issued from.",
    )
    price_unit = fields.Monetary(
        string="Price",
        compute="_compute_price_unit",
        store=True,
        precompute=True,
        help="The dealer's price of one piece, before tax, when it was asked for.",
    )
    value = fields.Monetary(compute="_compute_value", store=True)
    entry_ids = fields.One2many("aftersales.parts.requisition.entry", "line_id")
    move_ids = fields.One2many(
        "stock.move",
        "requisition_line_id",
        string="Part Lines",
        help="The lines of the repair record that use these pieces.",
    )
    issued = fields.Float(
        digits="Product Unit",
        compute="_compute_handed_over",
        store=True,
        compute_sudo=True,
    )
    returned = fields.Float(
        digits="Product Unit",
        compute="_compute_handed_over",
        store=True,
        compute_sudo=True,
    )
    used = fields.Float(
        digits="Product Unit",
        compute="_compute_used",
        inverse="_inverse_used",
        store=True,
        compute_sudo=True,
        help="The quantity on the repair record; both show the same number.",
    )
    consumed = fields.Float(
        digits="Product Unit",
        compute="_compute_consumed",
        store=True,
        compute_sudo=True,
        help="Used in a finished repair.",
    )
    unused = fields.Float(
        string="To Return",
        digits="Product Unit",
        compute="_compute_open",
        store=True,
        help="Issued, not returned, and not on the repair record.",
    )
    open_quantity = fields.Float(
        string="Open",
        digits="Product Unit",
        compute="_compute_open",
        store=True,
        help="Issued and neither used in a finished repair nor returned.",
    )
    note = fields.Char()

    _part_uniq = models.UniqueIndex(
        "(requisition_id, product_id)",
        "This part is on the requisition already; change its quantity.",
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Ask for at least one piece, or delete the line."
    )

    def product_uom_compare(self, first, second):
        """-1, 0 or 1, within the rounding of the part's own unit."""
        self.ensure_one()
        return self.product_id.uom_id.compare(first, second)

    # COMPUTES

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.product_id.uom_id

    @api.depends("quantity", "uom_id", "product_id")
    def _compute_product_quantity(self):
        for line in self:
            unit = line.product_id.uom_id
            line.product_quantity = (
                line.uom_id._compute_quantity(line.quantity, unit, round=False)
                if line._is_unit_fit()
                else line.quantity
            )

    def _is_unit_fit(self):
        """Whether the unit measures what the part is counted in.

        Since Odoo 19 units have no category any more and convert into each other
        without a word: kilograms into pieces, say.
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        return (
            not self.uom_id
            or self.uom_id == unit
            or bool(unit and self.uom_id._has_common_reference(unit))
        )

    @api.depends("product_id", "requisition_id.repair_id", "requisition_id.dispatch_id")
    def _compute_on_hand(self):
        for requisition, lines in self.grouped("requisition_id").items():
            if not (requisition.repair_id or requisition.dispatch_id):
                lines.on_hand = 0.0
                continue
            # sudo: the asker sees how many there are, not the store itself
            groups = (
                self.env["stock.quant"]
                .sudo()
                ._read_group(
                    [
                        ("product_id", "in", lines.product_id.ids),
                        ("location_id", "=", requisition._get_store().id),
                    ],
                    ["product_id"],
                    ["quantity:sum"],
                )
            )
            on_hand = {product.id: quantity for product, quantity in groups}
            for line in lines:
                line.on_hand = on_hand.get(line.product_id.id, 0.0)

    @api.depends("product_id", "product_quantity")
    def _compute_price_unit(self):
        for line in self:
            line.price_unit = line._get_price() if line.product_id else 0.0

    def _get_price(self):
        """The dealer's price of one piece, from his pricelist, else the list price."""
        self.ensure_one()
        # sudo: pricelists are closed to dealers; the price of his own is no secret
        line = self.sudo()
        requisition = line.requisition_id
        partner = requisition.dealer_id.partner_id.with_company(requisition.company_id)
        return partner.property_product_pricelist._get_product_price(
            line.product_id,
            line.product_quantity or 1.0,
            currency=requisition.currency_id,
        )

    @api.depends("price_unit", "product_quantity")
    def _compute_value(self):
        for line in self:
            line.value = line.price_unit * line.product_quantity

    @api.depends("entry_ids.quantity", "entry_ids.kind")
    def _compute_handed_over(self):
        for line in self:
            sums = {"issue": 0.0, "return": 0.0}
            for entry in line.entry_ids:
                sums[entry.kind] += entry.quantity
            line.issued, line.returned = sums["issue"], sums["return"]

    # Apart from _compute_consumed: computing that must not undo a used that was typed.
    @api.depends("move_ids.state", "move_ids.product_uom_qty", "move_ids.quantity")
    def _compute_used(self):
        for line in self:
            line.used = line._get_use()

    @api.depends("move_ids.state", "move_ids.quantity")
    def _compute_consumed(self):
        for line in self:
            line.consumed = line._get_use("done")

    def _get_use(self, state=None):
        """Quantity on the repair record, or only that of part lines in ``state``."""
        self.ensure_one()
        return sum(
            move._get_requisition_quantity()
            for move in self.move_ids
            if move.state != DEAD and state in (None, move.state)
        )

    def _inverse_used(self):
        """The number typed here is the number on the repair record."""
        for line in self:
            line._set_use(line.used)

    @api.depends("issued", "returned", "used", "consumed")
    def _compute_open(self):
        for line in self:
            out = line.issued - line.returned
            line.unused = out - line.used
            line.open_quantity = out - line.consumed

    # CONSTRAINTS

    @api.constrains("uom_id", "product_id")
    def _check_unit(self):
        for line in self:
            if not line._is_unit_fit():
                raise ValidationError(
                    self.env._(
                        "%(part)s is counted in %(own)s; %(given)s measures something "
                        "else. Choose %(own)s.",
                        part=line.product_id.display_name,
                        own=line.product_id.uom_id.name,
                        given=line.uom_id.name,
                    )
                )

    @api.constrains("product_id")
    def _check_part(self):
        for line in self:
            if line.product_id.type != "consu" or line.product_id.is_machine:
                raise ValidationError(
                    self.env._(
                        "%(part)s is no part that can be issued: a service or a whole "
                        "machine. Choose a part.",
                        part=line.product_id.display_name,
                    )
                )

    def _ensure_issuable(self):
        """:raises UserError: something stands against a part; says what to do"""
        for line in self:
            blockers = line._get_issue_blockers()
            if blockers:
                raise UserError(
                    self.env._(
                        "%(part)s on %(requisition)s: %(why)s",
                        part=line.product_id.display_name,
                        requisition=line.requisition_id.name,
                        why=" ".join(blockers),
                    )
                )

    def _get_issue_blockers(self):
        """Sentences that forbid this part for this machine; extension point.

        Asked when the parts are asked for and again when they are issued. Master data
        of parts adds superseded numbers, models that a part does not fit and more
        pieces than a machine has.

        :return: list of str, empty when the part may be issued
        """
        self.ensure_one()
        # sudo: an archived part is still on the line
        if self.sudo().product_id.active:
            return []
        return [
            self.env._("it is no longer in the catalogue. Ask for the part instead.")
        ]

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            papers = {vals.get("requisition_id") for vals in vals_list}
            self.requisition_id.browse(papers)._ensure_draft()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and set(vals) - {"used", "note"}:
            self.requisition_id._ensure_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        if not self.env.su:
            self.requisition_id._ensure_draft()
