from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .aftersales_parts_turnover import YEAR_DAYS

COMPANY = "aftersales_dealer.group_parts_keeper,aftersales_dealer.group_quality"


class AftersalesPartsTurnover(models.Model):
    """Counting: one pass over the movements, then the prices."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.turnover"

    def action_recompute(self):
        """Count this month anew now.

        :raises AccessError: neither parts keeper nor quality
        """
        if not self.env.user.has_groups(COMPANY):
            raise AccessError(
                self.env._("The parts keeper or quality counts the figures anew.")
            )
        # sudo: figures are counted, never entered; nobody has the right to write them
        self.sudo()._recompute(self.env.company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _cron_recompute(self):
        """Count this month anew, for all companies."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            self.with_company(company)._recompute(company)

    @api.model
    def _recompute(self, company):
        """Rows of this month: made, corrected, or gone if there is nothing left.

        :raises UserError: somebody else is counting this very moment
        """
        company._lock_for_count()
        self._flush_sources()
        now = fields.Datetime.now()
        month = company._get_parts_today().replace(day=1)
        params = {**self._get_count_params(company), "now": now, "month": month}
        self.env.cr.execute(self._get_count_sql(), params)
        counted = self.browse([row_id for (row_id,) in self.env.cr.fetchall()])
        self.invalidate_model()
        rows = self.search([("company_id", "=", company.id), ("month", "=", month)])
        (rows - counted).unlink()
        counted._price()

    @api.model
    def _flush_sources(self):
        self.env["aftersales.parts.consumption"]._flush_sources()
        for model in (
            "aftersales.parts.level",
            "aftersales.parts.turnover",
            "res.company",
            "stock.location",
            "stock.move.line",
            "stock.quant",
        ):
            self.env[model].flush_model()

    @api.model
    def _get_count_params(self, company):
        today = company._get_parts_today()
        return {
            "company": company.id,
            "zone": company._get_parts_zone(),
            "today": today,
            "year": company._get_midnight(today - timedelta(days=YEAR_DAYS - 1)),
            "days": YEAR_DAYS,
            "dead": company.aftersales_dead_days,
            "slow": company.aftersales_slow_days,
        }

    @api.model
    def _get_count_sql(self):
        """Figures in pieces; prices follow in :meth:`_price`."""
        return f"""
            WITH {self._get_facts_sql()}
            INSERT INTO aftersales_parts_turnover (
                   month, counted_on, company_id, dealer_id, product_id, abc_class,
                   on_hand, average_stock, used, minimum, is_below, last_out_on,
                   first_in_on, idle_days, never_moved, turnover, cover_days, status,
                   create_uid, create_date, write_uid, write_date)
            SELECT %(month)s, %(now)s, dealer.company_id, dealer.id, part.id,
                   part.abc_class, on_hand, average, used, minimum, on_hand < minimum,
                   last_out, first_in, idle, on_hand > 0 AND last_out IS NULL,
                   CASE WHEN average > 0 THEN used / average END,
                   CASE WHEN used > 0 THEN on_hand * %(days)s / used END,
                   {self._get_status_sql()}, 1, %(now)s, 1, %(now)s
              FROM fact
              JOIN aftersales_dealer dealer
                ON dealer.id = dealer_id AND dealer.company_id = %(company)s
              JOIN product_product part ON part.id = product_id
              JOIN product_template template ON template.id = part.product_tmpl_id
             WHERE template.is_storable AND template.is_machine IS NOT TRUE
       ON CONFLICT (month, dealer_id, product_id) DO UPDATE
               SET {self._get_update_sql()}
         RETURNING id
        """

    @api.model
    def _get_facts_sql(self):
        """``fact``: pieces and days of each dealer and part, from its sources."""
        return f"""
                 stock AS ({self._get_stock_sql()}),
                 flow AS ({self._get_flow_sql()}),
                 used AS ({self._get_used_sql()}),
                 level AS (
                     SELECT dealer_id, product_id, minimum
                       FROM aftersales_parts_level WHERE minimum > 0),
                 fact AS (
                     SELECT dealer_id, product_id,
                            COALESCE(stock.quantity, 0) AS on_hand,
                            COALESCE(stock.quantity, 0)
                            - COALESCE(flow.net, 0) / 2.0 AS average,
                            COALESCE(used.quantity, 0) AS used,
                            COALESCE(level.minimum, 0) AS minimum,
                            flow.last_out, flow.first_in,
                            %(today)s::date - COALESCE(flow.last_out, flow.first_in)
                            AS idle
                       FROM stock
                  FULL JOIN used USING (dealer_id, product_id)
                  FULL JOIN level USING (dealer_id, product_id)
                  LEFT JOIN flow USING (dealer_id, product_id))
        """

    @api.model
    def _get_update_sql(self):
        names = [
            "counted_on",
            "abc_class",
            "on_hand",
            "average_stock",
            "used",
            "minimum",
            "is_below",
            "last_out_on",
            "first_in_on",
            "idle_days",
            "never_moved",
            "turnover",
            "cover_days",
            "status",
            "write_uid",
            "write_date",
        ]
        return ", ".join(f"{name} = EXCLUDED.{name}" for name in names)

    @api.model
    def _get_status_sql(self):
        """Dead before slow; stock of which no movement is known is dead as well."""
        return """CASE WHEN on_hand <= 0 THEN 'none'
                       WHEN idle IS NULL OR idle >= %(dead)s THEN 'dead'
                       WHEN used > 0 AND on_hand * %(days)s / used > %(slow)s
                       THEN 'slow'
                       ELSE 'moving' END"""

    @api.model
    def _get_stock_sql(self):
        return """SELECT dealer_id, product_id, SUM(quantity) AS quantity
                    FROM stock_quant
                   WHERE dealer_id IS NOT NULL
                GROUP BY dealer_id, product_id
                  HAVING SUM(quantity) != 0"""

    @api.model
    def _get_used_sql(self):
        return """SELECT dealer_id, part_id AS product_id, SUM(quantity) AS quantity
                    FROM aftersales_parts_consumption
                   WHERE dealer_id IS NOT NULL AND date >= %(year)s
                GROUP BY dealer_id, part_id"""

    @api.model
    def _get_flow_sql(self):
        """What crossed the border of each dealer's places.

        From the store to a technician and back is no movement of the dealer.
        """
        side = """
            SELECT {place}.dealer_id, line.product_id, line.date,
                   {sign}line.quantity_product_uom AS quantity,
                   {is_out} AND {other}.usage != 'inventory' AS is_out
              FROM stock_move_line line
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location target ON target.id = line.location_dest_id
             WHERE line.state = 'done' AND {place}.dealer_id IS NOT NULL
               AND source.dealer_id IS DISTINCT FROM target.dealer_id
        """
        into = side.format(place="target", other="source", sign="", is_out="FALSE")
        out_of = side.format(place="source", other="target", sign="-", is_out="TRUE")
        day = "(date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date"
        return f"""
            SELECT dealer_id, product_id,
                   SUM(quantity) FILTER (WHERE date >= %(year)s) AS net,
                   MAX({day}) FILTER (WHERE is_out) AS last_out,
                   MIN({day}) FILTER (WHERE quantity > 0) AS first_in
              FROM ({into} UNION ALL {out_of}) movement
          GROUP BY dealer_id, product_id
        """

    def _price(self):
        """Put the dealers' prices of now to the pieces."""
        by_list = defaultdict(self.browse)
        for dealer, rows in self.grouped("dealer_id").items():
            partner = dealer.partner_id.with_company(dealer.company_id)
            by_list[partner.property_product_pricelist] += rows
        dealers = self.env["aftersales.dealer"]
        for rows in by_list.values():
            dealer = rows[:1].dealer_id
            prices = dealers._get_part_prices(
                rows.product_id, dealer.company_id, dealer=dealer
            )
            self.env.cr.execute(
                """
                UPDATE aftersales_parts_turnover turnover
                   SET price_unit = price.value,
                       amount = ROUND((on_hand * price.value)::numeric, 2),
                       average_amount = ROUND(
                           (average_stock * price.value)::numeric, 2),
                       used_amount = ROUND((used * price.value)::numeric, 2),
                       dead_amount = CASE WHEN status = 'dead'
                           THEN ROUND((on_hand * price.value)::numeric, 2) ELSE 0 END
                  FROM UNNEST(%s, %s::float[]) AS price (product_id, value)
                 WHERE turnover.product_id = price.product_id AND turnover.id = ANY(%s)
                """,
                [list(prices), list(prices.values()), rows.ids],
            )
        self.invalidate_model()
