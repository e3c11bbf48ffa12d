from odoo import fields, models
from odoo.tools import SQL


class AftersalesComplaintPareto(models.Model):
    """Complaints of a year by class or by cause, the most frequent first.

    The running share shows which few of them make most complaints.
    """

    _name = "aftersales.complaint.pareto"
    _description = "Pareto of complaints"
    _auto = False
    _order = "year desc, dimension, rank"
    _depends = {
        "aftersales.complaint": ["class_id", "cause_id", "received_at", "company_id"]
    }

    company_id = fields.Many2one("res.company", readonly=True)
    year = fields.Char(readonly=True)
    dimension = fields.Selection(
        selection=[("class", "Class"), ("cause", "Cause")], string="By", readonly=True
    )
    class_id = fields.Many2one("aftersales.complaint.class", readonly=True)
    cause_id = fields.Many2one("aftersales.complaint.cause", readonly=True)
    rank = fields.Integer(aggregator="min", readonly=True)
    count = fields.Integer(string="Complaints", aggregator="sum", readonly=True)
    share = fields.Float(string="Share (%)", aggregator="sum", readonly=True)
    running = fields.Float(string="Running Share (%)", aggregator="max", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            "SELECT row_number() OVER (ORDER BY year, dimension, company_id,"
            " count DESC, class_id, cause_id)::int AS id,"
            " company_id, year, dimension, class_id, cause_id, count,"
            " row_number() OVER ranked AS rank,"
            " 100.0 * count / sum(count) OVER whole AS share,"
            " 100.0 * sum(count) OVER ranked / sum(count) OVER whole AS running"
            " FROM (%s UNION ALL %s) AS counted"
            " WINDOW whole AS (PARTITION BY company_id, year, dimension),"
            " ranked AS (PARTITION BY company_id, year, dimension"
            "  ORDER BY count DESC, class_id, cause_id"
            "  ROWS UNBOUNDED PRECEDING)",
            self._select_dimension("class"),
            self._select_dimension("cause"),
        )

    def _select_dimension(self, dimension):
        field = SQL.identifier(f"{dimension}_id")
        empty = SQL("NULL::int")
        return SQL(
            "SELECT company_id, to_char(received_at, 'YYYY') AS year,"
            " %(dimension)s::varchar AS dimension,"
            " %(class)s AS class_id, %(cause)s AS cause_id, count(*)::int AS count"
            " FROM aftersales_complaint WHERE %(field)s IS NOT NULL"
            " GROUP BY company_id, to_char(received_at, 'YYYY'), %(field)s",
            dimension=dimension,
            field=field,
            **{
                "class": field if dimension == "class" else empty,
                "cause": field if dimension == "cause" else empty,
            },
        )
