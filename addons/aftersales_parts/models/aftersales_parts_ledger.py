from odoo import fields, models, tools


class AftersalesPartsLedger(models.Model):
    """Every movement of goods, signed, with the balance it left behind (配件台账).

    One done line of a transfer gives up to two rows: out of its source place and into
    its target place. Only places that keep stock are shown (internal and transit), so
    that the last balance of a part and place equals ``stock.quant``. Quantities are in
    the product's own unit. No values: the dealers read it too.
    """

    _name = "aftersales.parts.ledger"
    _description = "Parts ledger"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "reference"

    date = fields.Datetime(readonly=True)
    direction = fields.Selection([("in", "In"), ("out", "Out")], readonly=True)
    product_id = fields.Many2one("product.product", string="Part", readonly=True)
    lot_id = fields.Many2one("stock.lot", string="Lot/Serial", readonly=True)
    location_id = fields.Many2one("stock.location", string="Place", readonly=True)
    counterpart_id = fields.Many2one(
        "stock.location",
        string="From / To",
        readonly=True,
        groups="stock.group_stock_user",
    )
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    balance = fields.Float(
        digits="Product Unit",
        readonly=True,
        aggregator=None,
        help="On hand of this part at this place after the movement.",
    )
    reference = fields.Char(readonly=True)
    repair_id = fields.Many2one("repair.order", string="Repair Record", readonly=True)
    receipt_id = fields.Many2one("aftersales.parts.receipt", readonly=True)
    picking_id = fields.Many2one(
        "stock.picking",
        string="Transfer",
        readonly=True,
        groups="stock.group_stock_user",
    )
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    supplier_id = fields.Many2one(
        "res.partner",
        readonly=True,
        groups="stock.group_stock_user",
    )
    user_id = fields.Many2one("res.users", string="Posted by", readonly=True)
    has_document = fields.Boolean(compute="_compute_has_document")

    _depends = {
        "stock.move.line": [
            "date",
            "location_dest_id",
            "location_id",
            "lot_id",
            "product_id",
            "quantity_product_uom",
            "state",
        ],
        "stock.move": [
            "partner_id",
            "purchase_line_id",
            "receipt_line_id",
            "repair_id",
        ],
        "stock.location": ["dealer_id", "usage"],
        "stock.picking": ["partner_id"],
        "purchase.order.line": ["partner_id"],
        "aftersales.parts.receipt": ["name"],
        "aftersales.parts.receipt.line": ["receipt_id"],
    }

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(f"CREATE VIEW {self._table} AS ({self._get_view_sql()})")

    def _get_view_sql(self):
        """The rows with their running balance.

        The balance's partition carries the dealer as well, although the place decides
        him: a condition on a partition column is applied before the window is
        computed, and the dealers' record rule is such a condition.
        """
        return f"""
            SELECT entry.*,
                   SUM(entry.quantity) OVER (
                       PARTITION BY entry.product_id, entry.location_id, entry.dealer_id
                           ORDER BY entry.date, entry.id
                   ) AS balance
              FROM ({self._get_rows_sql("in")}
                    UNION ALL
                    {self._get_rows_sql("out")}) AS entry
        """

    def _get_rows_sql(self, direction):
        place, other, sign, odd = {
            "in": ("location_dest_id", "location_id", "", 1),
            "out": ("location_id", "location_dest_id", "-", 0),
        }[direction]
        return f"""
            SELECT line.id * 2 + {odd} AS id,
                   line.date,
                   '{direction}' AS direction,
                   line.product_id,
                   line.lot_id,
                   line.{place} AS location_id,
                   line.{other} AS counterpart_id,
                   place.dealer_id,
                   line.company_id,
                   {sign}line.quantity_product_uom AS quantity,
                   COALESCE(receipt.name, move.reference) AS reference,
                   move.repair_id,
                   receipt_line.receipt_id,
                   line.picking_id,
                   COALESCE(picking.partner_id, move.partner_id) AS partner_id,
                   purchase.partner_id AS supplier_id,
                   line.write_uid AS user_id
              FROM stock_move_line line
              JOIN stock_location place
                ON place.id = line.{place} AND place.usage IN ('internal', 'transit')
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template
                ON template.id = product.product_tmpl_id AND template.is_storable
              JOIN stock_move move ON move.id = line.move_id
         LEFT JOIN stock_picking picking ON picking.id = line.picking_id
         LEFT JOIN aftersales_parts_receipt_line receipt_line
                ON receipt_line.id = move.receipt_line_id
         LEFT JOIN aftersales_parts_receipt receipt
                ON receipt.id = receipt_line.receipt_id
         LEFT JOIN purchase_order_line purchase ON purchase.id = move.purchase_line_id
             WHERE line.state = 'done' AND line.location_id != line.location_dest_id
        """

    def _compute_has_document(self):
        stock_user = self.env.user.has_group("stock.group_stock_user")
        for entry in self:
            entry.has_document = bool(
                entry.repair_id or entry.receipt_id or (stock_user and entry.picking_id)
            )

    def action_open_document(self):
        """Open the paper behind the row: repair record, receipt or transfer."""
        self.ensure_one()
        document = self.repair_id or self.receipt_id
        if not document and self.env.user.has_group("stock.group_stock_user"):
            document = self.picking_id
        if not document:
            return False
        return document.get_formview_action()
