from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

COUNTED = ("counted", "is_counted", "reason_id", "note")


class AftersalesPartsCountLine(models.Model):
    """One part and lot of a count."""

    _name = "aftersales.parts.count.line"
    _description = "Parts count line"
    _order = "count_id, product_id, lot_id, id"
    _rec_name = "product_id"

    count_id = fields.Many2one(
        "aftersales.parts.count", required=True, ondelete="cascade", index=True
    )
    dealer_id = fields.Many2one(related="count_id.dealer_id", store=True, index=True)
    state = fields.Selection(related="count_id.state")
    currency_id = fields.Many2one(related="count_id.currency_id")
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        ondelete="restrict",
        domain=[("is_storable", "=", True)],
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one("stock.lot", string="Lot/Serial", ondelete="restrict")
    expected = fields.Float(string="In the Books", digits="Product Unit", readonly=True)
    counted = fields.Float(digits="Product Unit")
    is_counted = fields.Boolean(string="Was Counted")
    difference = fields.Float(
        digits="Product Unit", compute="_compute_difference", store=True
    )
    price_unit = fields.Monetary(
        string="Price",
        compute="_compute_price_unit",
        store=True,
        help="The dealer's price of one piece, before tax.",
    )
    value_difference = fields.Monetary(
        string="Value", compute="_compute_value_difference", store=True
    )
    reason_id = fields.Many2one("aftersales.parts.count.reason", ondelete="restrict")
    note = fields.Char()
    move_id = fields.Many2one(
        "stock.move", readonly=True, copy=False, index="btree_not_null"
    )

    _line_uniq = models.UniqueIndex(
        "(count_id, product_id, COALESCE(lot_id, 0))",
        "This part is on the list already; change its number there.",
    )

    @api.onchange("counted")
    def _onchange_counted(self):
        self.is_counted = True

    @api.depends("counted", "expected", "is_counted")
    def _compute_difference(self):
        for line in self:
            difference = line.counted - line.expected if line.is_counted else 0.0
            unit = line.product_id.uom_id
            line.difference = unit.round(difference) if unit else difference

    @api.depends("product_id", "count_id.dealer_id")
    def _compute_price_unit(self):
        for line in self:
            line.price_unit = line._get_price() if line.product_id else 0.0

    def _get_price(self):
        """The dealer's price of one piece, from his pricelist, else the list price."""
        # sudo: pricelists are closed to dealers; the price of his own is no secret
        line = self.sudo()
        partner = line.count_id.dealer_id.partner_id
        pricelist = partner.with_company(
            line.count_id.company_id
        ).property_product_pricelist
        return pricelist._get_product_price(
            line.product_id, 1.0, currency=line.currency_id
        )

    @api.depends("difference", "price_unit")
    def _compute_value_difference(self):
        for line in self:
            line.value_difference = line.difference * line.price_unit

    @api.constrains("counted")
    def _check_counted(self):
        for line in self:
            if line.uom_id.compare(line.counted, 0.0) < 0:
                raise ValidationError(
                    self.env._(
                        "%(part)s: fewer than no pieces cannot be counted.",
                        part=line._get_label(),
                    )
                )

    def _get_label(self):
        self.ensure_one()
        name = self.product_id.display_name
        return f"{name} ({self.lot_id.name})" if self.lot_id else name

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                vals.pop("expected", None)  # a part that the books do not know
                vals.setdefault("is_counted", True)
        lines = super().create(vals_list)
        lines._check_open()
        return lines

    def write(self, vals):
        if not self.env.su:
            closed = [name for name in vals if name not in COUNTED]
            if closed:
                raise AccessError(
                    self.env._(
                        "On a count only pieces, reason and note are entered (not: "
                        "%(fields)s).",
                        fields=", ".join(closed),
                    )
                )
            self._check_open()
            if "counted" in vals:
                vals = {"is_counted": True, **vals}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._check_open()
        if self.env.su:
            return
        for line in self.filtered("expected"):
            raise UserError(
                self.env._(
                    "%(part)s stands in the books and stays on the list. Enter 0 if "
                    "there is none, with the reason.",
                    part=line._get_label(),
                )
            )

    def _check_open(self):
        if self.env.su:
            return
        for line in self:
            if line.state != "counting":
                raise UserError(
                    self.env._(
                        "%(count)s is not being counted; its lines stand.",
                        count=line.count_id.name,
                    )
                )

    def _post_difference(self):
        """Move surplus in from, and shortage out to, the place of losses."""
        moves = self.env["stock.move"]
        for line in self:
            move = moves.create(line._prepare_move_vals())
            move._action_confirm(merge=False)
            posted = Command.create(line._prepare_move_line_vals(move))
            move.write({"move_line_ids": [Command.clear(), posted]})
            move.picked = True
            move._action_done()
            line.move_id = move

    def _prepare_move_vals(self):
        self.ensure_one()
        place = self.dealer_id._get_stock_location()
        loss = self.product_id.with_company(
            self.count_id.company_id
        ).property_stock_inventory
        source, target = (loss, place) if self.difference > 0 else (place, loss)
        return {
            "product_id": self.product_id.id,
            "product_uom": self.uom_id.id,
            "product_uom_qty": abs(self.difference),
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": self.count_id.company_id.id,
            "origin": self.count_id.name,
            "count_line_id": self.id,
        }

    def _prepare_move_line_vals(self, move):
        self.ensure_one()
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.uom_id.id,
            "lot_id": self.lot_id.id,
            "quantity": abs(self.difference),
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
        }
