from odoo import fields, models
from odoo.tools import SQL


class AftersalesPartsCost(models.Model):
    """What the company's parts cost to buy: each receipt, less what went back."""

    _name = "aftersales.parts.cost"
    _description = "Cost of parts"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "product_id"

    date = fields.Datetime(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    product_id = fields.Many2one("product.product", string="Part", readonly=True)
    part_class_id = fields.Many2one("aftersales.part.class", readonly=True)
    order_id = fields.Many2one("purchase.order", readonly=True)
    quantity = fields.Float(
        digits="Product Unit", readonly=True, help="In the part's own unit."
    )
    value = fields.Monetary(
        readonly=True, help="At the order's price without tax, in company currency."
    )

    @property
    def _table_query(self):
        self.env["stock.move.line"].flush_model()
        self.env["stock.move"].flush_model()
        self.env["purchase.order.line"].flush_model()
        self.env["purchase.order"].flush_model(["currency_rate"])
        return SQL(
            """
            SELECT move.id, move.date, move.company_id, buyer.commercial_partner_id
                   AS partner_id, move.product_id, template.part_class_id,
                   line.order_id,
                   pieces.sign * pieces.quantity AS quantity,
                   ROUND((pieces.sign * pieces.quantity
                    * line.price_subtotal / NULLIF(line.product_uom_qty, 0)
                    / COALESCE(NULLIF(purchase.currency_rate, 0), 1))::numeric, 2)
                   AS value
              FROM stock_move move
              JOIN purchase_order_line line ON line.id = move.purchase_line_id
              JOIN purchase_order purchase ON purchase.id = line.order_id
              JOIN res_partner buyer ON buyer.id = purchase.partner_id
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN (SELECT entry.move_id, SUM(entry.quantity_product_uom) AS quantity,
                           CASE WHEN MIN(origin.usage) = 'supplier' THEN 1 ELSE -1 END
                           AS sign
                      FROM stock_move_line entry
                      JOIN stock_location origin ON origin.id = entry.location_id
                      JOIN stock_location target ON target.id = entry.location_dest_id
                     WHERE entry.state = 'done'
                       AND (origin.usage = 'supplier') != (target.usage = 'supplier')
                  GROUP BY entry.move_id) pieces ON pieces.move_id = move.id
             WHERE move.state = 'done' AND template.is_storable
               AND template.is_machine IS NOT TRUE
            """
        )
