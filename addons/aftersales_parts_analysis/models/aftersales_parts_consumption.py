from datetime import timedelta

from odoo import api, fields, models, tools

from odoo.addons.aftersales_dealer.models.product_template import COST_GROUPS


class AftersalesPartsConsumption(models.Model):
    """Every part line of a finished repair (配件消耗), ready to be grouped.

    Quantities are in the part's own unit. The amount is at the dealer's price on the
    day of the repair; the cost, at today's cost of the part, is the company's alone.
    """

    _name = "aftersales.parts.consumption"
    _description = "Consumption of parts"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "part_id"

    date = fields.Datetime(string="Repaired on", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    staff_id = fields.Many2one("aftersales.staff", string="Technician", readonly=True)
    repair_id = fields.Many2one("repair.order", string="Repair Record", readonly=True)
    machine_id = fields.Many2one("product.product", string="Model", readonly=True)
    machine_categ_id = fields.Many2one(
        "product.category", string="Machine Category", readonly=True
    )
    lot_id = fields.Many2one("stock.lot", string="Machine", readonly=True)
    machine_age = fields.Integer(
        aggregator="avg",
        readonly=True,
        help="Full months from the sale to the repair; empty without a warranty card.",
    )
    age_band = fields.Selection(
        [
            ("1", "Up to 6 months"),
            ("2", "7 to 12 months"),
            ("3", "13 to 24 months"),
            ("4", "More than 24 months"),
        ],
        string="Age Group",
        readonly=True,
    )
    part_id = fields.Many2one("product.product", readonly=True)
    part_class_id = fields.Many2one("aftersales.part.class", readonly=True)
    abc_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")], string="ABC", readonly=True
    )
    symptom_id = fields.Many2one("aftersales.fault", readonly=True)
    cause_id = fields.Many2one("aftersales.fault", readonly=True)
    case_type_id = fields.Many2one("aftersales.case.type", readonly=True)
    covered = fields.Boolean(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    amount = fields.Monetary(
        readonly=True,
        help="At the dealer's price on the day of the repair, before tax.",
    )
    cost = fields.Monetary(
        readonly=True, groups=COST_GROUPS, help="At today's cost of the part."
    )

    _depends = {
        "stock.move": [
            "covered",
            "dealer_price",
            "product_id",
            "product_uom",
            "quantity",
            "repair_id",
            "repair_line_type",
            "state",
        ],
        "repair.order": [
            "card_id",
            "cause_id",
            "company_id",
            "dealer_id",
            "finished_at",
            "lot_id",
            "product_id",
            "staff_id",
            "state",
            "symptom_id",
            "ticket_id",
        ],
        "helpdesk.ticket": ["case_type_id"],
        "product.product": ["abc_class", "standard_price"],
        "product.template": ["categ_id", "part_class_id"],
        "product.category": ["parent_path", "part_class_id"],
        "aftersales.warranty.card": ["sale_date"],
    }

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(f"CREATE VIEW {self._table} AS ({self._get_view_sql()})")

    @api.model
    def _get_view_sql(self):
        columns = ", ".join(
            f"{expression} AS {name}"
            for name, expression in self._get_columns().items()
        )
        return f"SELECT {columns} {self._get_source_sql()}"

    @api.model
    def _get_source_sql(self):
        """Finished repairs and their used parts.

        Everything that only adds a column is an outer join to at most one row, so that
        a query that does not ask for the column does not pay for it.
        """
        return """
              FROM stock_move move
              JOIN repair_order repair ON repair.id = move.repair_id
         LEFT JOIN uom_uom unit ON unit.id = move.product_uom
         LEFT JOIN product_product part ON part.id = move.product_id
         LEFT JOIN product_template template ON template.id = part.product_tmpl_id
         LEFT JOIN uom_uom own ON own.id = template.uom_id
         LEFT JOIN product_product machine ON machine.id = repair.product_id
         LEFT JOIN product_template model ON model.id = machine.product_tmpl_id
         LEFT JOIN helpdesk_ticket ticket ON ticket.id = repair.ticket_id
         LEFT JOIN aftersales_warranty_card card ON card.id = repair.card_id
         LEFT JOIN res_company company ON company.id = repair.company_id
         LEFT JOIN resource_calendar calendar
           ON calendar.id = company.resource_calendar_id
             WHERE move.state = 'done' AND move.repair_line_type = 'add'
               AND repair.state = 'done' AND repair.ticket_id IS NOT NULL
        """

    @api.model
    def _get_columns(self):
        """SQL of the columns; extension point.

        :return: dict of column to expression over the joins of the source
        """
        pieces = "move.quantity * unit.factor / own.factor"
        age = self._get_age_sql()
        return {
            "id": "move.id",
            "date": "repair.finished_at",
            "company_id": "repair.company_id",
            "dealer_id": "repair.dealer_id",
            "staff_id": "repair.staff_id",
            "repair_id": "repair.id",
            "machine_id": "repair.product_id",
            "machine_categ_id": "model.categ_id",
            "lot_id": "repair.lot_id",
            "machine_age": age,
            "age_band": f"""CASE WHEN {age} <= 6 THEN '1' WHEN {age} <= 12 THEN '2'
                                 WHEN {age} <= 24 THEN '3' WHEN {age} > 24 THEN '4'
                             END""",
            "part_id": "move.product_id",
            "part_class_id": self._get_part_class_sql(),
            "abc_class": "part.abc_class",
            "symptom_id": "repair.symptom_id",
            "cause_id": "repair.cause_id",
            "case_type_id": "ticket.case_type_id",
            "covered": "COALESCE(move.covered, FALSE)",
            "quantity": pieces,
            "amount": f"ROUND((COALESCE(move.dealer_price, 0) * {pieces})::numeric, 2)",
            "cost": f"""ROUND((COALESCE((part.standard_price
                              ->> repair.company_id::text)::numeric, 0)
                              * ({pieces})::numeric), 2)""",
        }

    @api.model
    def _get_age_sql(self):
        """Full months between the sale and the repair, by the company's calendar."""
        moment = "repair.finished_at AT TIME ZONE 'UTC'"
        day = f"({moment} AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date"
        age = f"AGE({day}, card.sale_date)"
        return f"(EXTRACT(YEAR FROM {age}) * 12 + EXTRACT(MONTH FROM {age}))::int"

    @api.model
    def _get_part_class_sql(self):
        """The part's own class, else that of the nearest category that has one."""
        return """COALESCE(template.part_class_id, (
                      SELECT above.part_class_id
                        FROM product_category category
                        JOIN product_category above
                          ON category.parent_path LIKE above.parent_path || '%'
                       WHERE category.id = template.categ_id
                         AND above.part_class_id IS NOT NULL
                    ORDER BY LENGTH(above.parent_path) DESC
                       LIMIT 1))"""

    def action_open_repair(self):
        """Open the repair record that used the part."""
        self.ensure_one()
        return self.repair_id._get_form_action()

    @api.model
    def _flush_sources(self):
        """Bring what the view is made of into the database."""
        for model, names in self._depends.items():
            self.env[model].flush_model(names)

    @api.model
    def _get_window_action(self, company, days=None, **links):
        """The rows of some days, by default those that are compared.

        :param days: first and last day
        :param links: records by what they are: dealer, staff, machine, part; empty
            ones do not narrow the rows
        """
        first, last = days or company._get_parts_window()
        domain = [
            ("company_id", "=", company.id),
            ("date", ">=", company._get_midnight(first)),
            ("date", "<", company._get_midnight(last + timedelta(days=1))),
        ]
        domain += [(f"{name}_id", "=", link.id) for name, link in links.items() if link]
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts_analysis.aftersales_parts_consumption_action"
            ),
            "domain": domain,
            "context": {},
            "views": [(False, "list"), (False, "pivot"), (False, "graph")],
        }
