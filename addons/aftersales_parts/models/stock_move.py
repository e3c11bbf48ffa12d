import math
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.aftersales_dealer.models.product_template import COST_GROUPS


class StockMove(models.Model):
    _inherit = "stock.move"

    value_justification = fields.Text(groups=COST_GROUPS)
    value_computed_justification = fields.Text(groups=COST_GROUPS)
    receipt_line_id = fields.Many2one(
        "aftersales.parts.receipt.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The line of a dealer's receipt that this movement books in.",
    )

    dealer_on_hand = fields.Float(
        string="On Hand",
        digits="Product Unit",
        compute="_compute_dealer_on_hand",
        compute_sudo=True,
        help="Pieces of this part at the place that the repair takes its parts from.",
    )

    @api.depends("product_id", "location_id", "repair_id.location_id")
    def _compute_dealer_on_hand(self):
        groups = self.env["stock.quant"]._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                ("location_id", "in", self._get_part_places().ids),
            ],
            ["product_id", "location_id"],
            ["quantity:sum"],
        )
        on_hand = {(product, place): quantity for product, place, quantity in groups}
        for move in self:
            key = (move.product_id._origin, move._get_part_places()._origin)
            move.dealer_on_hand = on_hand.get(key, 0.0)

    def _get_part_places(self):
        """Where the repair records take these parts from."""
        places = self.env["stock.location"]
        for move in self:
            places |= move.location_id or move.repair_id.location_id
        return places

    @api.constrains("product_id", "product_uom", "repair_id", "location_dest_id")
    def _check_unit(self):
        """Refuse a unit that measures something else than the part is counted in.

        Since Odoo 19 units have no category any more and convert into each other
        without a word: kilograms into pieces, say.
        """
        for move in self.filtered(lambda move: move._is_after_sales()):
            own, given = move.product_id.uom_id, move.product_uom
            if given != own and not given._has_common_reference(own):
                raise ValidationError(
                    self.env._(
                        "%(part)s is counted in %(own)s; %(given)s measures something "
                        "else. Choose %(own)s.",
                        part=move.product_id.display_name,
                        own=own.name,
                        given=given.name,
                    )
                )

    def _is_after_sales(self):
        """Whether the pieces go into a repair, or are or become a dealer's."""
        self.ensure_one()
        # sudo: whether a place is a dealer's decides, whoever moves the goods
        places = self.sudo().location_id | self.sudo().location_dest_id
        return bool(self.repair_id or places.dealer_id)

    def _action_done(self, cancel_backorder=False):
        self._ensure_dealer_stock()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: who posted a movement is a fact of it, not a right
        moves.sudo().move_line_ids.posted_by = self.env.user
        return moves

    def _ensure_dealer_stock(self):
        """Refuse, before anything moves, to take more from a dealer than he has.

        The sum over all the lines counts. The stock is locked here in one order for
        all, so that two big repairs wait for each other instead of dead-locking.

        :raises UserError: see ``stock.quant._check_enough``
        """
        wanted = defaultdict(float)
        # sudo: whether a place is a dealer's decides, whoever moves the goods
        for line in self.sudo().move_line_ids:
            if line.location_id.dealer_id and line.product_id.is_storable:
                key = (line.product_id, line.location_id, line.lot_id)
                wanted[key] += line.quantity_product_uom
        quants = self.env["stock.quant"].sudo()
        for key in sorted(wanted, key=lambda key: [record.id or 0 for record in key]):
            product, location, lot = key
            quants._lock_quants(product, location)
            quants._check_enough(product, location, wanted[key], lot)

    def _is_old_part_due(self):
        """Whether the piece this line replaced has to be tagged and sent back."""
        self.ensure_one()
        return (
            self.state == "done"
            and self.repair_line_type == "add"
            and self.covered
            and self.product_id.old_part_required
        )

    def _get_old_part_pieces(self):
        """How many tags the line needs: one per piece, a part of a piece counts."""
        self.ensure_one()
        quantity = self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, round=False
        )
        return math.ceil(self.product_id.uom_id.round(quantity))

    def _prepare_old_part_vals_list(self):
        self.ensure_one()
        return [
            {
                "repair_id": self.repair_id.id,
                "move_id": self.id,
                "piece": piece,
                "dealer_id": self.repair_id.dealer_id.id,
                "product_id": self.product_id.id,
            }
            for piece in range(1, self._get_old_part_pieces() + 1)
        ]
