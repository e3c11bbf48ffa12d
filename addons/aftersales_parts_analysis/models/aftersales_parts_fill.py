from odoo import fields, models
from odoo.tools import SQL


class AftersalesPartsFill(models.Model):
    """How readily parts were there when they were asked for (配件满足率), line by line.

    A line of a requisition counts from the moment it was asked for. It is filled at
    first issue when the first handing over of the requisition gave all of it; filled
    the same day, or within the days of the settings, when all of it was issued by the
    end of that calendar day. While a line may still be filled it has no figure, so that
    the rates are those of the lines that are decided.
    """

    _name = "aftersales.parts.fill"
    _description = "Fill rate"
    _auto = False
    _order = "asked_on desc, id desc"
    _rec_name = "part_id"

    asked_on = fields.Datetime(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    staff_id = fields.Many2one("aftersales.staff", string="Technician", readonly=True)
    requisition_id = fields.Many2one("aftersales.parts.requisition", readonly=True)
    part_id = fields.Many2one("product.product", readonly=True)
    abc_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")], string="ABC", readonly=True
    )
    line_count = fields.Integer(string="Lines", readonly=True)
    asked = fields.Float(digits="Product Unit", readonly=True)
    issued = fields.Float(digits="Product Unit", readonly=True)
    first_issued_on = fields.Datetime(readonly=True)
    filled_on = fields.Datetime(
        string="Complete on", readonly=True, help="When the last missing piece came."
    )
    first_rate = fields.Float(
        string="At First Issue %",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        help="Lines filled by the first handing over ÷ lines that are decided.",
    )
    day_rate = fields.Float(
        string="Same Day %",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        help="Lines filled on the day they were asked for ÷ lines that are decided.",
    )
    term_rate = fields.Float(
        string="In Time %",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        help="Lines filled within the days of the settings ÷ lines that are decided.",
    )
    wait_hours = fields.Float(
        string="Hours to Complete",
        digits=(8, 1),
        aggregator="avg",
        readonly=True,
        help="From asking to the last missing piece; lines that are complete.",
    )
    result = fields.Selection(
        [
            ("first", "Complete at once"),
            ("later", "Complete later"),
            ("part", "Partly issued"),
            ("none", "Nothing issued"),
        ],
        readonly=True,
    )

    _depends = {
        "aftersales.parts.requisition": ["dealer_id", "state", "submitted_on"],
        "aftersales.parts.requisition.line": ["product_id", "product_quantity"],
        "aftersales.parts.requisition.entry": ["date", "kind", "quantity"],
    }

    @property
    def _table_query(self):
        for model in self._depends:
            self.env[model].flush_model()
        return SQL(
            """
            SELECT line.id, 1 AS line_count, line.requisition_id, line.product_id
                   AS part_id, line.product_quantity AS asked, part.abc_class,
                   requisition.company_id, requisition.dealer_id, requisition.staff_id,
                   requisition.submitted_on AS asked_on,
                   given.first_on AS first_issued_on, given.filled_on,
                   COALESCE(given.issued, 0) AS issued,
                   CASE WHEN given.at_first THEN 100.0
                        WHEN given.first_on IS NOT NULL OR span.today > due.term
                        THEN 0.0 END AS first_rate,
                   CASE WHEN given.filled_day <= due.day THEN 100.0
                        WHEN span.today > due.day OR given.filled_day > due.day
                        THEN 0.0 END AS day_rate,
                   CASE WHEN given.filled_day <= due.term THEN 100.0
                        WHEN span.today > due.term THEN 0.0 END AS term_rate,
                   EXTRACT(EPOCH FROM given.filled_on - requisition.submitted_on)
                   / 3600.0 AS wait_hours,
                   CASE WHEN given.at_first THEN 'first'
                        WHEN given.filled_on IS NOT NULL THEN 'later'
                        WHEN given.issued > 0 THEN 'part'
                        ELSE 'none' END AS result
              FROM aftersales_parts_requisition_line line
              JOIN aftersales_parts_requisition requisition
                ON requisition.id = line.requisition_id
              JOIN %(spans)s ON span.company_id = requisition.company_id
              JOIN product_product part ON part.id = line.product_id
        CROSS JOIN LATERAL (SELECT %(asked_day)s AS day,
                                   %(asked_day)s + span.days AS term) due
         LEFT JOIN LATERAL (%(given)s) given ON TRUE
             WHERE requisition.submitted_on IS NOT NULL
               AND requisition.state NOT IN ('draft', 'cancelled')
            """,
            spans=self._get_spans_sql(),
            asked_day=self._get_day_sql(SQL("requisition.submitted_on")),
            given=self._get_given_sql(),
        )

    def _get_spans_sql(self):
        """Today, time zone and days of the settings, by company."""
        rows = [
            SQL(
                "(%s, %s::date, %s, %s)",
                company.id,
                company._get_parts_today(),
                company._get_parts_zone(),
                company.aftersales_fill_days,
            )
            for company in self.env.companies
        ]
        return SQL(
            "(VALUES %s) AS span (company_id, today, zone, days)",
            SQL(", ").join(rows),
        )

    def _get_day_sql(self, moment):
        """The calendar day of a moment at the company."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE span.zone)::date", moment)

    def _get_given_sql(self):
        """What was handed over for one line; always one row.

        Pieces that came back unused had been issued nevertheless.
        """
        return SQL(
            """
            SELECT MAX(total) AS issued, MIN(first_on) AS first_on,
                   COALESCE(BOOL_OR(date = first_on AND enough), FALSE) AS at_first,
                   MIN(date) FILTER (WHERE enough) AS filled_on,
                   %(filled_day)s AS filled_day
              FROM (SELECT entry.date, entry.line_id,
                           SUM(entry.quantity) FILTER (WHERE entry.line_id = line.id)
                           OVER up_to_now AS total,
                           ROUND((SUM(entry.quantity)
                               FILTER (WHERE entry.line_id = line.id)
                               OVER up_to_now)::numeric, 6)
                           >= ROUND(line.product_quantity::numeric, 6) AS enough,
                           MIN(entry.date) OVER () AS first_on
                      FROM aftersales_parts_requisition_entry entry
                     WHERE entry.requisition_id = line.requisition_id
                       AND entry.kind = 'issue'
                    WINDOW up_to_now AS (ORDER BY entry.date)) history
            """,
            filled_day=self._get_day_sql(SQL("MIN(date) FILTER (WHERE enough)")),
        )

    def action_open_requisition(self):
        """Open the requisition of the line."""
        self.ensure_one()
        return self.requisition_id.get_formview_action()
