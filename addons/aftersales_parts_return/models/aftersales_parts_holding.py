from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL


class Holding(NamedTuple):
    """Pieces of one receipt that still lie with the dealer.

    ``line_id`` is the movement that brought them, ``received`` when, ``left`` how many.
    """

    line_id: int
    location_id: int
    dealer_id: int
    product_id: int
    lot_id: int
    received: datetime
    quantity: float
    left: float
    on_hand: float


class AftersalesPartsHolding(models.AbstractModel):
    """What dealers hold, by receipt: what came first was sold first.

    Pieces that were found in a count, or came back because they got lost on their way
    to the company or to another dealer, are no receipts: they are as old as the rest.
    Callers use sudo, as movements are closed to dealers.
    """

    _name = "aftersales.parts.holding"
    _description = "Dealer stock by receipt"

    @api.model
    def _get_held(self, places=None, products=None, lots=None):
        """The receipts of which something is left, newest first.

        One query for all dealers, products and lots.

        :param places: ``stock.location``; None for those of all dealers
        :param products: ``product.product``; None for all
        :param lots: ``stock.lot``; None or empty for all
        :return: list of :class:`Holding`
        """
        self.env["stock.quant"].flush_model()
        self.env["stock.move.line"].flush_model()
        self.env["stock.move"].flush_model()
        self.env["aftersales.parts.transfer.line"].flush_model()
        rows = self.env.execute_query(
            self._get_query(
                self._get_filter("location_id", places),
                self._get_filter("product_id", products),
                self._get_filter("lot_id", lots or None),
            )
        )
        return self._take_off_deemed([Holding(*row) for row in rows])

    @api.model
    def _get_filter(self, column, records):
        if records is None:
            return SQL("TRUE")
        return SQL(
            "quant.%s IN %s", SQL.identifier(column), tuple(records.ids) or (None,)
        )

    @api.model
    def _get_query(self, *conditions):
        return SQL(
            """
            WITH held AS (
                SELECT quant.location_id, quant.product_id,
                       COALESCE(quant.lot_id, 0) AS lot_id,
                       quant.dealer_id, SUM(quant.quantity) AS on_hand
                  FROM stock_quant quant
                 WHERE quant.dealer_id IS NOT NULL AND %s
              GROUP BY 1, 2, 3, 4
                HAVING SUM(quant.quantity) > 0
            ), receipt AS (
                SELECT line.id, held.location_id, held.dealer_id, held.product_id,
                       held.lot_id, line.date, line.quantity_product_uom AS quantity,
                       held.on_hand,
                       SUM(line.quantity_product_uom) OVER (
                           PARTITION BY held.location_id, held.product_id, held.lot_id
                           ORDER BY line.date DESC, line.id DESC
                       ) - line.quantity_product_uom AS newer
                  FROM held
                  JOIN stock_move_line line
                    ON line.location_dest_id = held.location_id
                   AND line.product_id = held.product_id
                   AND COALESCE(line.lot_id, 0) = held.lot_id
                   AND line.state = 'done'
                  JOIN stock_move move ON move.id = line.move_id
             LEFT JOIN aftersales_parts_transfer_line transfer
                    ON transfer.id = move.transfer_line_id
                 WHERE move.count_line_id IS NULL
                   AND move.return_line_id IS NULL
                   AND transfer.dealer_id IS DISTINCT FROM held.dealer_id
            )
            SELECT id, location_id, dealer_id, product_id, lot_id, date, quantity,
                   LEAST(quantity, on_hand - newer), on_hand
              FROM receipt
             WHERE newer < on_hand
          ORDER BY location_id, product_id, lot_id, date DESC, id DESC
            """,
            SQL(" AND ").join(conditions),
        )

    @api.model
    def _take_off_deemed(self, holdings):
        """What is deemed sold already is held apart from the rest, oldest first."""
        places = self.env["stock.location"].browse({h.location_id for h in holdings})
        products = self.env["product.product"].browse({h.product_id for h in holdings})
        deemed = self._get_deemed_by_place(places, products)
        if not deemed:
            return holdings
        free = {key: held for key, (held, _sales) in deemed.items()}
        budgets, kept = {}, []
        closed = self._get_deemed_lines(products)
        for holding in holdings:
            key = (holding.location_id, holding.product_id, holding.lot_id)
            budget = budgets.setdefault(key, holding.on_hand - free.get(key, 0.0))
            left = min(holding.left, budget)
            if left > 0 and holding.line_id not in closed:
                budgets[key] = budget - left
                kept.append(holding._replace(left=left))
        return kept

    @api.model
    def _get_deemed_lines(self, products):
        sales = self.env["aftersales.parts.deemed.sale"].search(
            [("state", "=", "confirmed"), ("product_id", "in", products.ids)]
        )
        return set(sales.move_line_id.ids)

    @api.model
    def _get_deemed(self, place, products):
        """Pieces at the place that are deemed sold and not used yet.

        :return: dict of (product id, lot id or False) to (pieces, deemed sales)
        """
        return {
            (product_id, lot_id or False): deemed
            for (_place, product_id, lot_id), deemed in self._get_deemed_by_place(
                place, products
            ).items()
        }

    @api.model
    def _get_deemed_by_place(self, places, products):
        """Like :meth:`_get_deemed`, for many places at once.

        Returned pieces were never deemed ones, so what was returned since counts as if
        it were there: only use and sale bring the number down, oldest first.
        """
        sales = self.env["aftersales.parts.deemed.sale"].search(
            [
                ("state", "=", "confirmed"),
                ("location_id", "in", places.ids),
                ("product_id", "in", products.ids),
            ]
        )
        groups = sales.grouped(
            lambda sale: (sale.location_id.id, sale.product_id.id, sale.lot_id.id or 0)
        )
        if not groups:
            return {}
        on_hand = self._get_on_hand(sales)
        newer = self._get_newer(sales)
        deemed = {}
        for key, group in groups.items():
            held = 0.0
            for sale in group:
                above = on_hand[key] - newer[sale.id]
                held += max(0.0, min(sale.quantity, above))
            if held > 0:
                deemed[key] = (min(held, on_hand[key]), group)
        return deemed

    @api.model
    def _get_on_hand(self, sales):
        """Pieces at the places of these deemed sales, by place, product and lot."""
        on_hand = defaultdict(float)
        for place, product, lot, quantity in self.env["stock.quant"]._read_group(
            [
                ("location_id", "in", sales.location_id.ids),
                ("product_id", "in", sales.product_id.ids),
            ],
            ["location_id", "product_id", "lot_id"],
            ["quantity:sum"],
        ):
            on_hand[place.id, product.id, lot.id or 0] = quantity
        return on_hand

    @api.model
    def _get_newer(self, sales):
        """Pieces received after those of each deemed sale, less what was returned."""
        self.env["stock.move.line"].flush_model()
        self.env["stock.move"].flush_model()
        sales.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sale.id, COALESCE(SUM(
                           CASE WHEN line.location_dest_id = sale.location_id
                                THEN line.quantity_product_uom
                                ELSE -line.quantity_product_uom END), 0)
                  FROM aftersales_parts_deemed_sale sale
                  JOIN stock_move_line source ON source.id = sale.move_line_id
             LEFT JOIN stock_move_line line
                    ON line.product_id = sale.product_id
                   AND COALESCE(line.lot_id, 0) = COALESCE(sale.lot_id, 0)
                   AND line.state = 'done'
                   AND (
                       line.location_dest_id = sale.location_id
                       AND (line.date, line.id) > (source.date, source.id)
                       OR line.location_id = sale.location_id
                       AND line.date >= sale.confirmed_on
                       AND EXISTS (
                           SELECT FROM stock_move move
                            WHERE move.id = line.move_id
                              AND move.return_line_id IS NOT NULL)
                   )
                 WHERE sale.id IN %s
              GROUP BY sale.id
                """,
                tuple(sales.ids),
            )
        )
        return dict(rows)

    @api.model
    def _get_deadline(self, holding, count, company):
        """The day on which ``count`` seasons after the receipt are over."""
        category = self.env["product.product"].browse(holding.product_id).categ_id
        seasons = self.env["aftersales.parts.season"]._get_for_category(category)
        day = fields.Datetime.context_timestamp(self, holding.received).date()
        return seasons._get_end_of(count, day, company.aftersales_season_months)

    @api.model
    def _is_in_time(self, holding, reason, company):
        """Whether pieces of this receipt can be returned for ``reason`` today."""
        today = fields.Date.context_today(self)
        day = fields.Datetime.context_timestamp(self, holding.received).date()
        if reason.limit_days and day + relativedelta(days=reason.limit_days) < today:
            return False
        if not reason.limit_seasons:
            return True
        return self._get_deadline(holding, reason.limit_seasons, company) >= today
