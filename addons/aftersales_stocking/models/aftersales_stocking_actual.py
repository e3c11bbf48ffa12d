from odoo import fields, models, tools
from odoo.tools import SQL

# One row per line of a plan. Looked up line by line through the indexes on part, plan
# and repair, so that one plan's page does not add up everybody's seasons.
VIEW = """
    SELECT line.id,
           line.id AS line_id,
           line.plan_id,
           plan.dealer_id,
           plan.company_id,
           plan.season_id,
           plan.date_start,
           plan.state,
           line.product_id,
           template.categ_id,
           template.part_class_id,
           COALESCE(line.proposed, 0) AS proposed,
           line.quantity,
           COALESCE(line.approved_quantity, 0) AS approved_quantity,
           there.quantity AS there,
           line.is_lowered,
           ordered.quantity AS ordered,
           received.quantity AS received,
           used.quantity AS used,
           there.quantity + received.quantity AS provided,
           CASE WHEN used.quantity > 0
                THEN 100 * (there.quantity + received.quantity) / used.quantity
                ELSE 100 END AS cover,
           CASE WHEN line.approved_quantity > 0
                THEN 100 * received.quantity / line.approved_quantity
                ELSE 100 END AS fulfilment
      FROM aftersales_stocking_plan_line line
      JOIN aftersales_stocking_plan plan ON plan.id = line.plan_id
      JOIN product_product product ON product.id = line.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
CROSS JOIN LATERAL (
           SELECT COALESCE(line.on_hand, 0) + COALESCE(line.on_order, 0)
                  AS quantity) there
CROSS JOIN LATERAL (
           SELECT COALESCE(SUM(order_line.quantity), 0) AS quantity
             FROM aftersales_parts_order parts_order
             JOIN aftersales_parts_order_line order_line
               ON order_line.order_id = parts_order.id
            WHERE parts_order.stocking_plan_id = plan.id
              AND parts_order.state NOT IN ('refused', 'cancelled')
              AND order_line.product_id = line.product_id) ordered
CROSS JOIN LATERAL (
           SELECT COALESCE(SUM(receipt_line.received), 0) AS quantity
             FROM aftersales_parts_order parts_order
             JOIN stock_picking picking
               ON picking.sale_id = parts_order.sale_order_id
             JOIN aftersales_parts_receipt receipt ON receipt.picking_id = picking.id
             JOIN aftersales_parts_receipt_line receipt_line
               ON receipt_line.receipt_id = receipt.id
            WHERE parts_order.stocking_plan_id = plan.id
              AND receipt.state = 'confirmed'
              AND receipt_line.product_id = line.product_id) received
CROSS JOIN LATERAL (
           SELECT COALESCE(SUM(move.product_qty), 0) AS quantity
             FROM stock_move move
             JOIN repair_order repair ON repair.id = move.repair_id
            WHERE move.product_id = line.product_id
              AND move.state = 'done'
              AND move.repair_line_type = 'add'
              AND move.date >= plan.begin_at
              AND move.date < plan.end_at
              AND repair.ticket_id IS NOT NULL
              AND repair.dealer_id = plan.dealer_id) used
"""
# What a share is of, so that a group's share is that of its sums.
SHARES = {
    "cover": ("provided", "used"),
    "fulfilment": ("received", "approved_quantity"),
}


class AftersalesStockingActual(models.Model):
    """Plan against actual: each planned part with what was ordered, received, used."""

    _name = "aftersales.stocking.actual"
    _description = "Stocking plan against actual"
    _auto = False
    _order = "date_start desc, dealer_id, product_id"
    _rec_name = "product_id"
    _depends = {
        "aftersales.stocking.plan": ["state", "begin_at", "end_at", "dealer_id"],
        "aftersales.stocking.plan.line": [
            "quantity",
            "approved_quantity",
            "proposed",
            "on_hand",
            "on_order",
            "is_lowered",
        ],
        "aftersales.parts.order": ["state", "stocking_plan_id", "sale_order_id"],
        "aftersales.parts.order.line": ["quantity", "product_id"],
        "aftersales.parts.receipt": ["state", "picking_id"],
        "aftersales.parts.receipt.line": ["received", "product_id"],
        "stock.picking": ["sale_id"],
        "stock.move": ["state", "product_qty", "date", "repair_id"],
        "repair.order": ["dealer_id", "ticket_id"],
    }

    line_id = fields.Many2one("aftersales.stocking.plan.line", readonly=True)
    plan_id = fields.Many2one("aftersales.stocking.plan", readonly=True)
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    season_id = fields.Many2one("aftersales.parts.season", readonly=True)
    date_start = fields.Date(string="Season from", readonly=True)
    state = fields.Selection(
        selection=lambda self: (
            self.env["aftersales.stocking.plan"]
            ._fields["state"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    product_id = fields.Many2one("product.product", string="Part", readonly=True)
    categ_id = fields.Many2one("product.category", readonly=True)
    part_class_id = fields.Many2one("aftersales.part.class", readonly=True)
    is_lowered = fields.Boolean(string="Less than Proposed", readonly=True)
    proposed = fields.Float(digits="Product Unit", readonly=True)
    quantity = fields.Float(
        string="Dealer's Quantity", digits="Product Unit", readonly=True
    )
    approved_quantity = fields.Float(
        string="Approved", digits="Product Unit", readonly=True
    )
    there = fields.Float(
        string="There When Planned", digits="Product Unit", readonly=True
    )
    ordered = fields.Float(digits="Product Unit", readonly=True)
    received = fields.Float(digits="Product Unit", readonly=True)
    provided = fields.Float(digits="Product Unit", readonly=True)
    used = fields.Float(
        string="Used in the Season", digits="Product Unit", readonly=True
    )
    cover = fields.Float(
        string="Cover (%)", digits=(16, 1), readonly=True, aggregator="avg"
    )
    fulfilment = fields.Float(
        string="Received of Approved (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
    )

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL("CREATE VIEW %s AS (%s)", SQL.identifier(self._table), SQL(VIEW))
        )

    def _read_group_select(self, aggregate_spec, query):
        """A group's share is the share of its sums, not the mean of its lines'."""
        name, _colon, function = aggregate_spec.partition(":")
        if name not in SHARES or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (
            self._field_to_sql(self._table, each, query) for each in SHARES[name]
        )
        return SQL("COALESCE(100 * SUM(%s) / NULLIF(SUM(%s), 0), 100)", part, whole)

    def action_open_plan(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "aftersales.stocking.plan",
            "res_id": self.plan_id.id,
            "views": [(False, "form")],
        }
