from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command


class AftersalesPartsTransferLine(models.Model):
    """One part of a transfer between dealers."""

    _name = "aftersales.parts.transfer.line"
    _description = "Parts transfer line"
    _order = "transfer_id, id"
    _rec_name = "product_id"

    transfer_id = fields.Many2one(
        "aftersales.parts.transfer", required=True, ondelete="cascade", index=True
    )
    dealer_id = fields.Many2one(related="transfer_id.dealer_id", store=True, index=True)
    target_dealer_id = fields.Many2one(
        related="transfer_id.target_dealer_id", store=True, index=True
    )
    state = fields.Selection(related="transfer_id.state")
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        ondelete="restrict",
        domain=[("is_storable", "=", True), ("is_machine", "=", False)],
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot/Serial",
        ondelete="restrict",
        domain="[('product_id', '=', product_id)]",
    )
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    received = fields.Float(digits="Product Unit", help="Pieces that came.")
    lost = fields.Float(digits="Product Unit", compute="_compute_lost", store=True)
    available = fields.Float(
        string="Giver Has",
        digits="Product Unit",
        compute="_compute_available",
        groups="aftersales_dealer.group_parts_keeper",
        help="Pieces at the giving dealer's place that nobody has reserved.",
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Transfer at least one piece, or delete the line."
    )

    @api.depends("quantity", "received", "state")
    def _compute_lost(self):
        for line in self:
            over = line.state in ("received", "done")
            line.lost = line.quantity - line.received if over else 0.0

    @api.depends("product_id", "lot_id", "transfer_id.dealer_id")
    def _compute_available(self):
        quants = self.env["stock.quant"]._read_group(
            [
                ("dealer_id", "in", self.transfer_id.dealer_id.ids),
                ("product_id", "in", self.product_id.ids),
            ],
            ["dealer_id", "product_id", "lot_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        for line in self:
            line.available = sum(
                quantity - reserved
                for dealer, part, lot, quantity, reserved in quants
                if (dealer, part) == (line.transfer_id.dealer_id, line.product_id)
                and (not line.lot_id or lot == line.lot_id)
            )

    @api.constrains("received")
    def _check_received(self):
        for line in self:
            compare = line.uom_id.compare
            if (
                compare(line.received, 0.0) < 0
                or compare(line.received, line.quantity) > 0
            ):
                raise ValidationError(
                    self.env._(
                        "%(part)s: between 0 and %(quantity)g pieces can have come. "
                        "Correct the number.",
                        part=line.product_id.display_name,
                        quantity=line.quantity,
                    )
                )

    def write(self, vals):
        if not self.env.su:
            self._check_write(vals)
        return super().write(vals)

    def _check_write(self, vals):
        """The keeper plans; while the parcel travels, only what came is entered."""
        for line in self:
            allowed = {"received"} if line.state == "shipped" else set()
            if line.state in ("draft", "requested") and not self.env.user.is_dealer:
                allowed = {"product_id", "lot_id", "quantity"}
            if line.state == "shipped" and not line.transfer_id.is_taker:
                allowed = set()
            if set(vals) - allowed:
                raise AccessError(
                    self.env._(
                        "%(transfer)s: its lines stand in this state; the receiving "
                        "dealer enters what came.",
                        transfer=line.transfer_id.name,
                    )
                )

    def _ensure_available(self):
        """:raises UserError: names the part and what the giver has"""
        for line in self.sudo():  # sudo: the keeper plans with what the giver has
            quants = self.env["stock.quant"].sudo()
            place = line.dealer_id._get_stock_location()
            quants._check_enough(line.product_id, place, line.quantity, line.lot_id)

    # STOCK (all under sudo; callers checked the step)

    @api.model
    def _get_place_between(self):
        return self.env.ref("aftersales_parts_stock.stock_location_between_dealers")

    def _post_shipment(self):
        between = self._get_place_between()
        for line in self:
            place = line.dealer_id._get_stock_location()
            line._move(line.quantity, place, between)
            line.received = line.quantity

    def _post_receipt(self):
        between = self._get_place_between()
        for line in self.filtered("received"):
            place = line.target_dealer_id._get_stock_location()
            line._move(line.received, between, place)

    def _post_lost(self, whose):
        between = self._get_place_between()
        for line in self.filtered("lost"):
            company = line.transfer_id.company_id
            loss = line.product_id.with_company(company).property_stock_inventory
            target = line.dealer_id._get_stock_location() if whose == "dealer" else loss
            line._move(line.lost, between, target)

    def _move(self, quantity, source, target):
        """:raises UserError: the movement could not be done"""
        self.ensure_one()
        vals = self._prepare_move_vals(quantity, source, target)
        move = self.env["stock.move"].create(vals)
        move._action_confirm(merge=False)
        line = self._prepare_move_line_vals(move, quantity)
        move.write({"move_line_ids": [Command.clear(), Command.create(line)]})
        move.picked = True
        move._action_done()
        if move.state != "done":
            raise UserError(
                self.env._(
                    "%(part)s could not be moved. Ask the parts keeper to look at it.",
                    part=self.product_id.display_name,
                )
            )

    def _prepare_move_vals(self, quantity, source, target):
        self.ensure_one()
        return {
            "location_id": source.id,
            "location_dest_id": target.id,
            "product_id": self.product_id.id,
            "product_uom": self.uom_id.id,
            "product_uom_qty": quantity,
            "company_id": self.transfer_id.company_id.id,
            "origin": self.transfer_id.name,
            "transfer_line_id": self.id,
        }

    def _prepare_move_line_vals(self, move, quantity):
        self.ensure_one()
        return {
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.uom_id.id,
            "lot_id": self.lot_id.id,
            "quantity": quantity,
        }
