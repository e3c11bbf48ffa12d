from odoo import api, fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    dealer_price = fields.Float(
        digits="Product Price",
        readonly=True,
        copy=False,
        help="The dealer's price of one piece in the part's own unit, before tax, when "
        "it was used in a repair.",
    )

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        moves._note_dealer_prices()
        return moves

    def _note_dealer_prices(self):
        """Keep what the used parts cost the dealer on that day."""
        # sudo: the price is a fact of the movement, whoever finishes the repair
        used = self.sudo().filtered(
            lambda move: (
                move.state == "done"
                and move.repair_line_type == "add"
                and move.repair_id.ticket_id
            )
        )
        for (repair, pieces), moves in used.grouped(
            lambda move: (move.repair_id, move._get_own_quantity())
        ).items():
            prices = self.env["aftersales.dealer"]._get_part_prices(
                moves.product_id, repair.company_id, pieces, repair.dealer_id
            )
            for move in moves:
                move.dealer_price = prices[move.product_id.id]

    def _get_own_quantity(self):
        """What was moved, in the part's own unit."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, round=False
        )

    @api.model
    def _note_past_dealer_prices(self):
        """Price what was used before this addon came, at today's price of one piece."""
        self.env.cr.execute(
            """
            SELECT repair.company_id, repair.dealer_id,
                   ARRAY_AGG(DISTINCT move.product_id)
              FROM stock_move move
              JOIN repair_order repair ON repair.id = move.repair_id
             WHERE move.state = 'done' AND move.repair_line_type = 'add'
               AND move.dealer_price IS NULL AND repair.ticket_id IS NOT NULL
          GROUP BY repair.company_id, repair.dealer_id
            """
        )
        dealers = self.env["aftersales.dealer"]
        for company_id, dealer_id, part_ids in self.env.cr.fetchall():
            prices = dealers._get_part_prices(
                self.env["product.product"].browse(part_ids),
                self.env["res.company"].browse(company_id),
                dealer=dealers.browse(dealer_id or []),
            )
            self.env.cr.execute(
                """
                UPDATE stock_move move SET dealer_price = price.value
                  FROM UNNEST(%s, %s::float[]) AS price (part_id, value),
                       repair_order repair
                 WHERE repair.id = move.repair_id AND move.product_id = price.part_id
                   AND move.state = 'done' AND move.repair_line_type = 'add'
                   AND move.dealer_price IS NULL AND repair.ticket_id IS NOT NULL
                   AND repair.company_id = %s
                   AND repair.dealer_id IS NOT DISTINCT FROM %s
                """,
                [list(prices), list(prices.values()), company_id, dealer_id],
            )
        self.invalidate_model(["dealer_price"])
