from odoo import fields, models
from odoo.tools import SQL

YEAR_DAYS = 365


class AftersalesPartsTurnover(models.Model):
    """What a dealer has of a part, how long it lasts and how long it has lain idle.

    One row per dealer, part and month. The row of this month is counted anew each
    night; those of past months stay as they were on their last day.

    * used: pieces in finished repairs of the last 365 days, today included
    * average stock: (stock 365 days ago + stock now) ÷ 2
    * turnover: used ÷ average stock, for groups both at dealer's prices
    * days of cover: stock now ÷ used × 365, for groups both at dealer's prices
    * idle: days since a piece last went out other than by a count or as scrap; if none
      ever did, since the first arrived
    """

    _name = "aftersales.parts.turnover"
    _description = "Turnover of parts"
    _order = "month desc, amount desc, id"
    _rec_name = "product_id"

    month = fields.Date(required=True, readonly=True, help="Its first day.")
    counted_on = fields.Datetime(readonly=True)
    dealer_id = fields.Many2one(
        "aftersales.dealer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    abc_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")], string="ABC", readonly=True
    )
    on_hand = fields.Float(digits="Product Unit", readonly=True)
    price_unit = fields.Float(
        string="Price",
        digits="Product Price",
        readonly=True,
        aggregator=None,
        help="The dealer's price of one piece, before tax.",
    )
    amount = fields.Monetary(
        string="Stock Amount", readonly=True, help="On hand at the dealer's price."
    )
    average_stock = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="Mean of the stock 365 days ago and now.",
    )
    average_amount = fields.Monetary(string="Average Stock Amount", readonly=True)
    used = fields.Float(string="Used in 365 Days", digits="Product Unit", readonly=True)
    used_amount = fields.Monetary(
        string="Amount Used in 365 Days",
        readonly=True,
        help="At the dealer's price of now.",
    )
    turnover = fields.Float(
        digits=(16, 2),
        aggregator="avg",
        readonly=True,
        help="Times a year: used ÷ average stock. Empty when there was no stock.",
    )
    cover_days = fields.Float(
        string="Days of Cover",
        digits=(16, 0),
        aggregator="avg",
        readonly=True,
        help="How long the stock lasts. Empty when nothing was used.",
    )
    last_out_on = fields.Date(
        string="Last Out",
        readonly=True,
        help="Used, sent back or passed on; corrections of counts and scrap are not.",
    )
    first_in_on = fields.Date(string="First In", readonly=True)
    idle_days = fields.Integer(
        string="Days Idle",
        aggregator="max",
        readonly=True,
        help="Since a piece last went out; if none ever did, since the first arrived.",
    )
    status = fields.Selection(
        [
            ("dead", "Dead"),
            ("slow", "Slow"),
            ("moving", "Moving"),
            ("none", "No Stock"),
        ],
        readonly=True,
        index=True,
    )
    never_moved = fields.Boolean(
        readonly=True, help="There is stock and no piece ever went out."
    )
    dead_amount = fields.Monetary(
        readonly=True, help="Stock amount of dead parts, else zero."
    )
    minimum = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    is_below = fields.Boolean(
        string="Below Level", readonly=True, help="Less on hand than the minimum."
    )

    _turnover_uniq = models.Constraint(
        "UNIQUE (month, dealer_id, product_id)",
        "A dealer's part has one row a month.",
    )
    _list_idx = models.Index("(month DESC, amount DESC, id)")

    def _read_group_select(self, aggregate_spec, query):
        """Rates of groups are rates of the sums, at dealer's prices."""
        columns = {
            "turnover:avg": ("used_amount", "average_amount", 1),
            "cover_days:avg": ("amount", "used_amount", YEAR_DAYS),
        }
        if aggregate_spec not in columns:
            return super()._read_group_select(aggregate_spec, query)
        part, whole, factor = columns[aggregate_spec]
        return SQL(
            "SUM(%s) * %s / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, part, query),
            factor,
            self._field_to_sql(self._table, whole, query),
        )

    def action_open_ledger(self):
        """The movements of the part at the dealer's places."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_parts_ledger_action"
            ),
            "domain": [
                ("dealer_id", "=", self.dealer_id.id),
                ("product_id", "=", self.product_id.id),
            ],
            "context": {},
        }
