from odoo import fields, models, tools

from odoo.addons.aftersales_service.models.aftersales_case_type import SEVERITIES

HOUR = 3600.0


class AftersalesCaseAnalysis(models.Model):
    """Figures of each case, ready to be grouped by dealer, model, fault and month.

    Hours run by the clock on the wall from the report, so that cases compare whatever
    their service level promises. Averages leave out cases that have not come so far.
    """

    _name = "aftersales.case.analysis"
    _description = "Case analysis"
    _auto = False
    _order = "reported_at desc, id desc"
    _rec_name = "number"

    number = fields.Char(readonly=True)
    ticket_id = fields.Many2one("helpdesk.ticket", string="Case", readonly=True)
    reported_at = fields.Datetime(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    case_type_id = fields.Many2one("aftersales.case.type", readonly=True)
    service_level_id = fields.Many2one("aftersales.service.level", readonly=True)
    severity = fields.Selection(selection=SEVERITIES, readonly=True)
    channel_id = fields.Many2one("helpdesk.ticket.channel", readonly=True)
    product_id = fields.Many2one("product.product", string="Model", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    lot_id = fields.Many2one("stock.lot", string="Machine", readonly=True)
    fault_id = fields.Many2one("aftersales.fault", string="Symptom", readonly=True)
    cause_id = fields.Many2one("aftersales.fault", readonly=True)
    action_id = fields.Many2one("aftersales.fault", readonly=True)
    staff_id = fields.Many2one("aftersales.staff", string="Technician", readonly=True)
    verdict = fields.Selection(
        [
            ("covered", "In warranty"),
            ("not_covered", "Out of warranty"),
            ("no_card", "No warranty card"),
        ],
        readonly=True,
    )
    progress = fields.Selection(
        [("open", "Open"), ("resolved", "Resolved"), ("closed", "Closed")],
        readonly=True,
    )
    case_count = fields.Integer(string="Cases", readonly=True)
    reply_hours = fields.Float(
        string="Hours to Reply", readonly=True, aggregator="avg", digits=(8, 2)
    )
    arrive_hours = fields.Float(
        string="Hours to Arrive", readonly=True, aggregator="avg", digits=(8, 2)
    )
    resolve_hours = fields.Float(
        string="Hours to Resolve", readonly=True, aggregator="avg", digits=(8, 2)
    )
    dispatch_count = fields.Integer(string="Jobs", readonly=True)
    repair_count = fields.Integer(string="Repairs", readonly=True)
    reopen_count = fields.Integer(string="Reopened", readonly=True)
    labour_hours = fields.Float(readonly=True, digits=(8, 2))
    first_time_fix_rate = fields.Float(
        string="First-time Fix %",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of finished repairs that needed no second one for the same fault "
        "within the set days. Cases without a finished repair do not count.",
    )
    score = fields.Float(
        string="Satisfaction", readonly=True, aggregator="avg", digits=(3, 1)
    )

    _depends = {
        "helpdesk.ticket": ["dealer_id", "fault_id", "reported_at", "resolved_at"],
        "aftersales.dispatch": ["ticket_id"],
        "repair.order": ["cause_id", "first_time_fix", "state", "ticket_id"],
        "aftersales.followup": ["score", "ticket_id"],
        "product.template": ["categ_id"],
    }

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(f"CREATE VIEW {self._table} AS ({self._get_view_sql()})")

    def _get_view_sql(self):
        return f"""
            SELECT {self._get_columns_sql()}
              FROM helpdesk_ticket ticket
         LEFT JOIN helpdesk_ticket_stage stage ON stage.id = ticket.stage_id
         LEFT JOIN product_product product ON product.id = ticket.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN ({self._get_jobs_sql()}) job ON job.ticket_id = ticket.id
         LEFT JOIN ({self._get_repairs_sql()}) repair ON repair.ticket_id = ticket.id
         LEFT JOIN ({self._get_answers_sql()}) answer ON answer.ticket_id = ticket.id
             WHERE ticket.active
        """

    def _get_columns_sql(self):
        return f"""ticket.id,
                   ticket.id AS ticket_id,
                   ticket.number,
                   ticket.reported_at,
                   ticket.company_id,
                   ticket.dealer_id,
                   ticket.case_type_id,
                   ticket.service_level_id,
                   ticket.severity,
                   ticket.channel_id,
                   ticket.product_id,
                   template.categ_id,
                   ticket.lot_id,
                   ticket.fault_id,
                   repair.cause_id,
                   repair.action_id,
                   repair.staff_id,
                   ticket.verdict,
                   CASE WHEN stage.closed THEN 'closed'
                        WHEN ticket.resolved_at IS NOT NULL THEN 'resolved'
                        ELSE 'open' END AS progress,
                   1 AS case_count,
                   {self._get_hours_sql("replied_at")} AS reply_hours,
                   {self._get_hours_sql("arrived_at")} AS arrive_hours,
                   {self._get_hours_sql("resolved_at")} AS resolve_hours,
                   COALESCE(job.count, 0) AS dispatch_count,
                   COALESCE(repair.count, 0) AS repair_count,
                   COALESCE(ticket.reopen_count, 0) AS reopen_count,
                   COALESCE(repair.labour_hours, 0) AS labour_hours,
                   repair.first_time_fix_rate,
                   answer.score"""

    @staticmethod
    def _get_hours_sql(fact):
        return f"EXTRACT(EPOCH FROM ticket.{fact} - ticket.reported_at) / {HOUR}"

    @staticmethod
    def _get_jobs_sql():
        return """
            SELECT ticket_id, COUNT(*) AS count
              FROM aftersales_dispatch
             WHERE state != 'cancelled'
          GROUP BY ticket_id
        """

    @staticmethod
    def _get_repairs_sql():
        """The finished repairs of a case; what was found is taken from the last."""
        return """
            SELECT ticket_id,
                   COUNT(*) AS count,
                   SUM(labour_hours) AS labour_hours,
                   AVG(CASE WHEN first_time_fix THEN 100.0 ELSE 0 END)
                       AS first_time_fix_rate,
                   (ARRAY_AGG(cause_id ORDER BY finished_at DESC, id DESC))[1]
                       AS cause_id,
                   (ARRAY_AGG(action_id ORDER BY finished_at DESC, id DESC))[1]
                       AS action_id,
                   (ARRAY_AGG(staff_id ORDER BY finished_at DESC, id DESC))[1]
                       AS staff_id
              FROM repair_order
             WHERE state = 'done' AND ticket_id IS NOT NULL
          GROUP BY ticket_id
        """

    @staticmethod
    def _get_answers_sql():
        return """
            SELECT ticket_id, AVG(score_value) AS score
              FROM aftersales_followup
             WHERE score_value > 0
          GROUP BY ticket_id
        """

    def action_open_case(self):
        """Open the case behind the figures."""
        self.ensure_one()
        return self.ticket_id.get_formview_action()
