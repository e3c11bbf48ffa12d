from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class AftersalesPartsLevel(models.Model):
    """How many pieces of a part a dealer keeps: at least, and at most."""

    _name = "aftersales.parts.level"
    _description = "Stock level of a part"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "dealer_id, product_id"
    _rec_name = "product_id"

    dealer_id = fields.Many2one(required=True)
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_storable", "=", True), ("is_machine", "=", False)],
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    abc_class = fields.Selection(related="product_id.abc_class")
    minimum = fields.Float(digits="Product Unit", required=True)
    maximum = fields.Float(digits="Product Unit", required=True)
    on_hand = fields.Float(digits="Product Unit", compute="_compute_on_hand")
    missing = fields.Float(
        string="To Order",
        digits="Product Unit",
        compute="_compute_on_hand",
        search="_search_missing",
        help="Pieces up to the maximum, once the stock has fallen below the minimum.",
    )
    proposed_minimum = fields.Float(digits="Product Unit", readonly=True)
    proposed_maximum = fields.Float(digits="Product Unit", readonly=True)
    proposed_on = fields.Date(readonly=True)
    # What the proposal was reckoned with on that day
    used_quantity = fields.Float(
        string="Used",
        digits="Product Unit",
        readonly=True,
        help="In the dealer's repairs of the look-back days.",
    )
    used_days = fields.Integer(string="Look-back Days", readonly=True, aggregator=None)
    peer_rate = fields.Float(
        string="Peers per Machine",
        digits=(16, 3),
        readonly=True,
        aggregator=None,
        help="What other dealers used per machine in the look-back days.",
    )
    machine_count = fields.Integer(
        string="Machines",
        readonly=True,
        aggregator=None,
        help="Machines of this dealer in the field that the part fits.",
    )
    season_factor = fields.Float(
        string="Season ×", digits=(16, 2), readonly=True, aggregator=None
    )
    lead_days = fields.Integer(readonly=True, aggregator=None)
    order_days = fields.Integer(
        string="Days between Orders", readonly=True, aggregator=None
    )
    reason = fields.Char(
        string="Arithmetic",
        compute="_compute_reason",
        help="How the proposal came about.",
    )
    differs = fields.Boolean(
        string="Proposal Differs", compute="_compute_differs", store=True
    )

    _level_uniq = models.Constraint(
        "UNIQUE (dealer_id, product_id)",
        "This dealer has a level for this part already; change that one.",
    )

    @api.constrains("minimum", "maximum")
    def _check_order(self):
        for level in self:
            if not 0 <= level.minimum <= level.maximum:
                raise ValidationError(
                    self.env._(
                        "%(part)s: the minimum is at least zero and the maximum is not "
                        "below it (%(minimum)g and %(maximum)g were given).",
                        part=level.product_id.display_name,
                        minimum=level.minimum,
                        maximum=level.maximum,
                    )
                )

    @api.depends("dealer_id", "product_id", "minimum", "maximum")
    def _compute_on_hand(self):
        on_hand = self._get_on_hand()
        for level in self:
            level.on_hand = on_hand.get((level.dealer_id, level.product_id), 0.0)
            short = level.product_id.uom_id.compare(level.on_hand, level.minimum) < 0
            level.missing = level.maximum - level.on_hand if short else 0.0

    def _get_on_hand(self):
        """Pieces at the dealers' places by dealer and part."""
        groups = self.env["stock.quant"]._read_group(
            [
                ("dealer_id", "in", self.dealer_id.ids),
                ("product_id", "in", self.product_id.ids),
            ],
            ["dealer_id", "product_id"],
            ["quantity:sum"],
        )
        return {(dealer, part): quantity for dealer, part, quantity in groups}

    def _search_missing(self, operator, value):
        if operator != ">" or value != 0:
            return NotImplemented
        self.env["stock.quant"].flush_model(["quantity", "dealer_id", "product_id"])
        short = SQL(
            """(SELECT level.id
                  FROM aftersales_parts_level level
             LEFT JOIN (SELECT dealer_id, product_id, SUM(quantity) AS on_hand
                          FROM stock_quant
                         WHERE dealer_id IS NOT NULL
                      GROUP BY dealer_id, product_id) stock
                    ON stock.dealer_id = level.dealer_id
                   AND stock.product_id = level.product_id
                 WHERE COALESCE(stock.on_hand, 0) < level.minimum)"""
        )
        return [("id", "in", short)]

    @api.depends_context("lang")
    @api.depends("proposed_on", "used_quantity", "peer_rate", "season_factor")
    def _compute_reason(self):
        for level in self:
            level.reason = level.proposed_on and level._get_arithmetic()

    def _get_arithmetic(self):
        """The proposal's arithmetic as a sentence in the reader's language."""
        self.ensure_one()
        return self.env._(
            "%(used)s used in %(days)s days; peers use %(peers)s per machine × "
            "%(count)s machines; season × %(factor)s; lead time %(lead)s days, "
            "order every %(order)s days",
            used=f"{self.used_quantity:g}",
            days=self.used_days,
            peers=f"{self.peer_rate:.3g}",
            count=self.machine_count,
            factor=f"{self.season_factor:g}",
            lead=self.lead_days,
            order=self.order_days,
        )

    @api.depends(
        "minimum", "maximum", "proposed_minimum", "proposed_maximum", "proposed_on"
    )
    def _compute_differs(self):
        for level in self:
            level.differs = bool(level.proposed_on) and (
                level.minimum != level.proposed_minimum
                or level.maximum != level.proposed_maximum
            )

    def action_accept(self):
        """Take the proposed minimum and maximum over."""
        for level in self.filtered("differs"):
            level.write(
                {
                    "minimum": level.proposed_minimum,
                    "maximum": level.proposed_maximum,
                }
            )
