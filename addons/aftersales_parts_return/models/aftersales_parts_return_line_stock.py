from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


class AftersalesPartsReturnLine(models.Model):
    """Where the pieces are: real movements, under sudo; callers checked the step.

    On the way and until they are inspected they lie in places that, like the dealers'
    own, belong to no company. What is accepted comes into the company's valued stock at
    the cost at which it left.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.return.line"

    @api.model
    def _get_way(self):
        return self.env.ref("aftersales_parts_return.stock_location_on_the_way")

    @api.model
    def _get_bench(self):
        return self.env.ref("aftersales_parts_return.stock_location_to_inspect")

    def _post_shipment(self):
        for line in self:
            place = line.dealer_id._get_stock_location()
            line._move(line.quantity, place, self._get_way())

    def _post_receipt(self):
        """What came lies on the bench; what is missing is still the dealer's."""
        for line in self:
            if line.accepted:
                line._move(line.accepted, self._get_way(), self._get_bench())
            if line.missing:
                place = line.dealer_id._get_stock_location()
                line._move(line.missing, self._get_way(), place)

    def _post_disposition(self):
        deliveries = self._get_deliveries()
        for line in self.filtered("accepted"):
            if line.disposition == "scrap":
                product = line.product_id.with_company(line.company_id)
                loss = product.property_stock_inventory
                line._move(line.accepted, self._get_bench(), loss)
                continue
            target = line.company_id._get_return_location(line.disposition)
            for delivery, pieces in line._match_deliveries(deliveries):
                line._move(pieces, self._get_bench(), target, delivery)

    def _get_deliveries(self):
        """Movements by which the pieces left our stock for the dealer, newest first.

        :return: list of [movement, pieces not returned yet]
        """
        moves = self.env["stock.move"].search(
            [
                ("state", "=", "done"),
                ("product_id", "in", self.product_id.ids),
                ("picking_id.dealer_id", "in", self.dealer_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("is_out", "=", True),
            ],
            order="date desc, id desc",
        )
        returned = self.env["stock.move"]._read_group(
            [("origin_returned_move_id", "in", moves.ids), ("state", "=", "done")],
            ["origin_returned_move_id"],
            ["product_qty:sum"],
        )
        less = {move.id: quantity for move, quantity in returned}
        return [
            [move, move._get_valued_qty() - less.get(move.id, 0.0)] for move in moves
        ]

    def _match_deliveries(self, deliveries):
        """Spread the pieces over the deliveries they came by.

        :return: list of (movement, pieces); pieces that came another way have an
            empty movement and are worth what the product costs today
        """
        self.ensure_one()
        rest, matches = self.accepted, []
        for entry in deliveries:
            move, pieces = entry
            if not self._is_delivery_of(move):
                continue
            taken = min(rest, pieces)
            if self.uom_id.compare(taken, 0.0) <= 0:
                continue
            entry[1] -= taken
            rest -= taken
            matches.append((move, taken))
        if self.uom_id.compare(rest, 0.0) > 0:
            matches.append((self.env["stock.move"], rest))
        return matches

    def _is_delivery_of(self, move):
        self.ensure_one()
        return (
            move.product_id == self.product_id
            and move.picking_id.dealer_id == self.dealer_id
            and move.company_id == self.company_id
            and (not self.lot_id or self.lot_id in move.move_line_ids.lot_id)
        )

    def _move(self, quantity, source, target, delivery=None):
        """Move pieces at once, or refuse.

        :param delivery: movement that they left by; core takes the value from it
        """
        self.ensure_one()
        places = {"location_id": source.id, "location_dest_id": target.id}
        move = self.env["stock.move"].create(
            {
                **places,
                "product_id": self.product_id.id,
                "product_uom": self.uom_id.id,
                "product_uom_qty": quantity,
                "company_id": self.company_id.id,
                "origin": self.return_id.name,
                "return_line_id": self.id,
                "origin_returned_move_id": delivery.id if delivery else False,
            }
        )
        move._action_confirm(merge=False)
        piece = {
            **places,
            "product_id": self.product_id.id,
            "product_uom_id": self.uom_id.id,
            "lot_id": self.lot_id.id,
            "quantity": quantity,
        }
        move.write({"move_line_ids": [Command.clear(), Command.create(piece)]})
        move.picked = True
        move._action_done()
        if move.state != "done":
            raise UserError(
                self.env._(
                    "%(part)s could not be moved. Ask the parts keeper to look at it.",
                    part=self.product_id.display_name,
                )
            )
