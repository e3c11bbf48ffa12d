from odoo import fields, models
from odoo.tools import SQL


class AftersalesMachinePark(models.Model):
    """Machines in the field by dealer and model (机器保有量), and what they use.

    A machine counts for the dealer of its active warranty card, whether its cover has
    run out or not. Use is that of the window of the settings; what a dealer used on
    models of which he has no machine stands in a row without machines, and has no rate.
    """

    _name = "aftersales.machine.park"
    _description = "Machine park"
    _auto = False
    _order = "machine_count desc, id"
    _rec_name = "machine_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    machine_id = fields.Many2one("product.product", string="Model", readonly=True)
    machine_categ_id = fields.Many2one(
        "product.category", string="Machine Category", readonly=True
    )
    machine_count = fields.Integer(string="Machines", readonly=True)
    covered_count = fields.Integer(
        string="In Warranty", readonly=True, help="Machines whose cover has not ended."
    )
    repair_count = fields.Integer(
        string="Repairs with Parts", readonly=True, help="In the compared days."
    )
    quantity = fields.Float(
        string="Pieces Used",
        digits="Product Unit",
        readonly=True,
        help="In the compared days.",
    )
    amount = fields.Monetary(readonly=True, help="At the dealer's prices.")
    per_hundred = fields.Float(
        string="Pieces per 100 Machines",
        digits=(16, 2),
        aggregator="avg",
        readonly=True,
        help="Pieces used ÷ machines × 100; empty without machines.",
    )
    amount_per_machine = fields.Float(
        digits=(16, 2),
        aggregator="avg",
        readonly=True,
        help="Amount ÷ machines; empty without machines.",
    )

    _depends = {
        "aftersales.warranty.card": ["dealer_id", "end_date", "product_id", "state"],
        "aftersales.parts.consumption": ["amount", "date", "dealer_id", "quantity"],
    }

    @property
    def _table_query(self):
        self.env["aftersales.parts.consumption"]._flush_sources()
        self.env["aftersales.warranty.card"].flush_model()
        # an id says what the row is about, so that it is the same for every reader
        return SQL(
            """
            SELECT (owned.dealer_id::bigint << 20) + owned.machine_id AS id,
                   owned.company_id, owned.dealer_id, owned.machine_id,
                   template.categ_id AS machine_categ_id,
                   COALESCE(owned.machine_count, 0) AS machine_count,
                   COALESCE(owned.covered_count, 0) AS covered_count,
                   COALESCE(owned.repair_count, 0) AS repair_count,
                   COALESCE(owned.quantity, 0) AS quantity,
                   COALESCE(owned.amount, 0) AS amount,
                   COALESCE(owned.quantity, 0) * 100.0 / owned.machine_count
                   AS per_hundred,
                   COALESCE(owned.amount, 0) / owned.machine_count
                   AS amount_per_machine
              FROM ((%s) park FULL JOIN (%s) used
                    USING (company_id, dealer_id, machine_id)) owned
              JOIN product_product machine ON machine.id = owned.machine_id
              JOIN product_template template ON template.id = machine.product_tmpl_id
            """,
            self._get_machines_sql(),
            self._get_use_sql(),
        )

    def _get_machines_sql(self):
        return SQL(
            """SELECT card.company_id, card.dealer_id, card.product_id AS machine_id,
                      COUNT(*)::int AS machine_count,
                      COUNT(*) FILTER (WHERE card.end_date >= span.today)::int
                      AS covered_count
                 FROM aftersales_warranty_card card
                 JOIN %s ON span.company_id = card.company_id
                WHERE card.state = 'active'
             GROUP BY card.company_id, card.dealer_id, card.product_id""",
            self.env.companies._get_windows_sql(),
        )

    def _get_use_sql(self):
        return SQL(
            """SELECT used.company_id, used.dealer_id, used.machine_id,
                      COUNT(DISTINCT used.repair_id)::int AS repair_count,
                      SUM(used.quantity) AS quantity, SUM(used.amount) AS amount
                 FROM aftersales_parts_consumption used
                 JOIN %s ON span.company_id = used.company_id
                WHERE used.date >= span.since AND used.date < span.until
                  AND used.dealer_id IS NOT NULL AND used.machine_id IS NOT NULL
             GROUP BY used.company_id, used.dealer_id, used.machine_id""",
            self.env.companies._get_windows_sql(),
        )

    def _read_group_select(self, aggregate_spec, query):
        """Rates of groups are rates of the sums; use without machines is left out."""
        columns = {
            "per_hundred:avg": ("quantity", 100.0),
            "amount_per_machine:avg": ("amount", 1.0),
        }
        if aggregate_spec not in columns:
            return super()._read_group_select(aggregate_spec, query)
        name, factor = columns[aggregate_spec]
        machines = self._field_to_sql(self._table, "machine_count", query)
        return SQL(
            "SUM(%s) FILTER (WHERE %s > 0) * %s / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, name, query),
            machines,
            factor,
            machines,
        )

    def action_open_consumption(self):
        """What was used on these machines in the compared days."""
        self.ensure_one()
        return self.env["aftersales.parts.consumption"]._get_window_action(
            self.company_id, machine=self.machine_id, dealer=self.dealer_id
        )
