from odoo import fields, models
from odoo.tools import SQL


class AftersalesPartsRate(models.Model):
    """How many of a part 100 machines use, by dealer, model and part.

    There is a row for each dealer who has machines of a model on which the part was
    used at all: his zero counts as well. Use is that of the window of the settings.
    """

    _name = "aftersales.parts.rate"
    _description = "Use of parts per machine"
    _auto = False
    _order = "quantity desc, id"
    _rec_name = "part_id"

    company_id = fields.Many2one("res.company", readonly=True)
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    machine_id = fields.Many2one("product.product", string="Model", readonly=True)
    part_id = fields.Many2one("product.product", readonly=True)
    abc_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")], string="ABC", readonly=True
    )
    machine_count = fields.Integer(string="Machines", readonly=True, aggregator=None)
    quantity = fields.Float(
        string="Pieces Used",
        digits="Product Unit",
        readonly=True,
        help="In the compared days.",
    )
    per_hundred = fields.Float(
        string="Pieces per 100 Machines",
        digits=(16, 2),
        aggregator="avg",
        readonly=True,
        help="Pieces used ÷ machines × 100. Empty without machines, and in groups of "
        "more than one part.",
    )

    _depends = {
        "aftersales.warranty.card": ["dealer_id", "product_id", "state"],
        "aftersales.parts.consumption": ["date", "dealer_id", "part_id", "quantity"],
    }

    @property
    def _table_query(self):
        self.env["aftersales.parts.consumption"]._flush_sources()
        self.env["aftersales.warranty.card"].flush_model()
        # an id says what the row is about, so that it is the same for every reader
        return SQL(
            """
            SELECT (dealer_id::bigint << 40) + (machine_id::bigint << 20) + part_id
                   AS id,
                   company_id, dealer_id, machine_id, part_id, part.abc_class,
                   COALESCE(park.machine_count, 0) AS machine_count,
                   COALESCE(used.quantity, 0) AS quantity,
                   COALESCE(used.quantity, 0) * 100.0 / park.machine_count
                   AS per_hundred
              FROM (SELECT park.*, pair.part_id
                      FROM (%(park)s) park
                      JOIN (SELECT DISTINCT machine_id, part_id
                              FROM (%(used)s) used) pair USING (machine_id)) park
         FULL JOIN (%(used)s) used USING (company_id, dealer_id, machine_id, part_id)
              JOIN product_product part ON part.id = part_id
            """,
            park=self.env["aftersales.machine.park"]._get_machines_sql(),
            used=self._get_use_sql(),
        )

    def _get_use_sql(self):
        """Use by dealer, model and part; a dealer's user finds no trace of others."""
        user = self.env.user
        return SQL(
            """SELECT used.company_id, used.dealer_id, used.machine_id, used.part_id,
                      SUM(used.quantity) AS quantity
                 FROM aftersales_parts_consumption used
                 JOIN %s ON span.company_id = used.company_id
                WHERE used.date >= span.since AND used.date < span.until
                  AND used.dealer_id IS NOT NULL AND used.machine_id IS NOT NULL %s
             GROUP BY used.company_id, used.dealer_id, used.machine_id, used.part_id""",
            self.env.companies._get_windows_sql(),
            SQL("AND used.dealer_id = %s", user.dealer_id.id)
            if user.is_dealer
            else SQL(),
        )

    def _read_group_select(self, aggregate_spec, query):
        """The rate of a group is that of the sums, and only of one and the same part.

        Added up over parts the same machines would count once for each part.
        """
        if aggregate_spec != "per_hundred:avg":
            return super()._read_group_select(aggregate_spec, query)
        part, machines, quantity = (
            self._field_to_sql(self._table, name, query)
            for name in ("part_id", "machine_count", "quantity")
        )
        return SQL(
            """CASE WHEN MIN(%(part)s) = MAX(%(part)s) THEN
                    SUM(%(quantity)s) FILTER (WHERE %(machines)s > 0) * 100.0
                    / NULLIF(SUM(%(machines)s), 0) END""",
            part=part,
            machines=machines,
            quantity=quantity,
        )

    def action_open_consumption(self):
        """The repairs behind the figure."""
        self.ensure_one()
        return self.env["aftersales.parts.consumption"]._get_window_action(
            self.company_id,
            machine=self.machine_id,
            dealer=self.dealer_id,
            part=self.part_id,
        )
