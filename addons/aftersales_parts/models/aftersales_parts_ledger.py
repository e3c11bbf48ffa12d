from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL


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
        compute="_compute_balance",
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
    staff_id = fields.Many2one("aftersales.staff", string="Technician", readonly=True)
    default_code = fields.Char(related="product_id.default_code", string="Part No.")
    has_document = fields.Boolean(compute="_compute_has_document")

    _depends = {
        "stock.move.line": [
            "date",
            "location_dest_id",
            "location_id",
            "lot_id",
            "product_id",
            "posted_by",
            "quantity_product_uom",
            "state",
        ],
        "stock.move": [
            "partner_id",
            "purchase_line_id",
            "receipt_line_id",
            "repair_id",
        ],
        "repair.order": ["staff_id"],
        "stock.location": ["dealer_id", "usage"],
        "stock.picking": ["partner_id"],
        "purchase.order.line": ["partner_id"],
        "aftersales.parts.receipt": ["name"],
        "aftersales.parts.receipt.line": ["receipt_id"],
    }

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(f"CREATE VIEW {self._table} AS ({self._get_view_sql()})")

    @api.model
    def _get_view_sql(self):
        """The rows; both directions of a movement are two rows.

        The two sides are nothing but columns of the movements, and all the rest is
        joined to both at once: so PostgreSQL reads either side by an index, merges
        them by date and stops after a page. The papers behind a movement are outer
        joins, each to at most one row: a query that does not ask for their columns
        does not pay for them either.
        """
        columns = "".join(
            f", {expression} AS {name}"
            for name, expression in self._get_columns().items()
        )
        joins = "\n".join(f"LEFT JOIN {join}" for join in self._get_joins())
        return f"""
            SELECT line.id,
                   line.date,
                   line.direction,
                   line.product_id,
                   line.lot_id,
                   line.location_id,
                   line.counterpart_id,
                   place.dealer_id,
                   line.company_id,
                   line.quantity
                   {columns}
              FROM {self._get_sides_sql()}
              JOIN stock_location place
                ON place.id = line.location_id
               AND place.usage IN ('internal', 'transit')
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template
                ON template.id = product.product_tmpl_id AND template.is_storable
              {joins}
             WHERE {self._get_made_sql()}
        """

    @api.model
    def _get_sides_sql(self):
        return f"""(
            {self._get_side_sql("in")}
            UNION ALL
            {self._get_side_sql("out")}
        ) line"""

    @api.model
    def _get_made_sql(self):
        return "line.state = 'done' AND line.location_id != line.counterpart_id"

    @api.model
    def _get_side_sql(self, direction):
        """One side of the movements: no join and no condition, see above."""
        place, other, sign, number = {
            "in": ("location_dest_id", "location_id", "", "id * 2 + 1"),
            "out": ("location_id", "location_dest_id", "-", "id * 2"),
        }[direction]
        return f"""
            SELECT {number} AS id,
                   '{direction}' AS direction,
                   {place} AS location_id,
                   {other} AS counterpart_id,
                   {sign}quantity_product_uom AS quantity,
                   company_id, date, lot_id, move_id, picking_id, posted_by,
                   product_id, state, write_uid
              FROM stock_move_line
        """

    @api.model
    def _get_columns(self):
        """SQL of the columns that tell of the papers; extension point.

        :return: dict of column to expression over the joins of :meth:`_get_joins`
        """
        return {
            "reference": "COALESCE(receipt.name, move.reference)",
            "repair_id": "move.repair_id",
            "receipt_id": "receipt_line.receipt_id",
            "picking_id": "line.picking_id",
            "partner_id": "COALESCE(picking.partner_id, move.partner_id)",
            "supplier_id": "purchase.partner_id",
            "user_id": "COALESCE(line.posted_by, line.write_uid)",
            "staff_id": "repair.staff_id",
        }

    @api.model
    def _get_joins(self):
        """``table alias ON …`` of the papers, each on a unique key; extension point."""
        return [
            "stock_move move ON move.id = line.move_id",
            "stock_picking picking ON picking.id = line.picking_id",
            "repair_order repair ON repair.id = move.repair_id",
            (
                "aftersales_parts_receipt_line receipt_line "
                "ON receipt_line.id = move.receipt_line_id"
            ),
            "aftersales_parts_receipt receipt ON receipt.id = receipt_line.receipt_id",
            "purchase_order_line purchase ON purchase.id = move.purchase_line_id",
        ]

    @api.model
    def _search(self, domain, *args, **kwargs):
        return super()._search(self._narrow(Domain(domain)), *args, **kwargs)

    @api.model
    def _narrow(self, domain):
        """Say the same by what PostgreSQL has an index and figures of.

        It knows how much moves at a place, but not at a dealer's: it would read the
        whole ledger for the newest page of a dealer who moves little. The fence, too,
        names the dealer.
        """
        domain = domain.map_conditions(self._narrow_condition)
        user = self.env.user
        if user.is_dealer and not self.env.su:
            own = Domain("dealer_id", "in", user.dealer_id.ids)
            domain &= self._narrow_condition(own)
        return domain

    @api.model
    def _narrow_condition(self, condition):
        """``condition`` and what follows from it; extension point."""
        dealers = self._get_linked_ids(condition, "dealer_id")
        if not dealers:
            return condition
        # sudo: which places a dealer has decides nothing, his rows are fenced
        places = self.env["stock.location"].sudo().with_context(active_test=False)
        found = places.search([("dealer_id", "in", dealers)])
        return condition & Domain("location_id", "in", found.ids)

    @api.model
    def _get_linked_ids(self, condition, name):
        """:return: ids that ``condition`` asks the link ``name`` for, or nothing"""
        if condition.field_expr != name or condition.operator not in ("=", "in"):
            return []
        single = condition.operator == "="
        ids = [condition.value] if single else list(condition.value)
        return ids if all(isinstance(one, int) and one for one in ids) else []

    def _compute_balance(self):
        """What was on hand of the part at the place after each movement.

        Summed over the history of just the parts and places asked for, in one query,
        so that a page costs the same however long the ledger is.
        """
        balances = self._get_balances()
        for entry in self:
            entry.balance = balances.get(entry.id, 0.0)

    @api.model
    def _flush_sources(self):
        """Bring what the view is made of into the database."""
        for model, names in self._depends.items():
            self.env[model].flush_model(names)

    def _get_balances(self):
        """:return: dict of row id to balance"""
        if not self:
            return {}
        self._flush_sources()
        # sudo: only the ids of part and place are taken, of rows that were read already
        places = {(row.product_id.id, row.location_id.id) for row in self.sudo()}
        rows = self.env.execute_query(
            SQL(
                f"""SELECT id, balance
                      FROM (SELECT line.id,
                                   SUM(line.quantity) OVER (
                                       PARTITION BY line.product_id, line.location_id
                                           ORDER BY line.date, line.id
                                   ) AS balance
                              FROM unnest(%s, %s) asked (product_id, location_id)
                              JOIN {self._get_sides_sql()}
                                ON line.product_id = asked.product_id
                               AND line.location_id = asked.location_id
                             WHERE {self._get_made_sql()}) history
                     WHERE id = ANY(%s)""",
                *(list(column) for column in zip(*places, strict=True)),
                list(self.ids),
            )
        )
        return dict(rows)

    def _compute_has_document(self):
        for entry in self:
            entry.has_document = bool(entry._get_document())

    @api.model
    def _get_document_fields(self):
        """Links to the paper behind a row, the first that is set counts."""
        return ["repair_id", "receipt_id", "picking_id"]

    def _get_document(self):
        """The paper behind the row that the user may open, or nothing."""
        self.ensure_one()
        for name in self._get_document_fields():
            if self._has_field_access(self._fields[name], "read") and self[name]:
                return self[name]
        return None

    def action_open_document(self):
        """Open the paper behind the row: repair record, receipt or transfer."""
        self.ensure_one()
        document = self._get_document()
        return document.get_formview_action() if document else False
