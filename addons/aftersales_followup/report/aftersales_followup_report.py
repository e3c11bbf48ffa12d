from odoo import fields, models
from odoo.tools import SQL

from ..models.aftersales_followup_rule import CHANNELS


class AftersalesFollowupReport(models.Model):
    """Satisfaction and response, one row per follow-up and one per answer.

    What was not asked or not answered is empty, not zero, so that it does not pull an
    average down. Rates are in per cent: satisfied are 4 and 5 points of 5 (top two
    boxes), the response rate is answered of all that are over and were not cancelled.
    """

    _name = "aftersales.followup.report"
    _description = "Satisfaction analysis"
    _auto = False
    _order = "planned_on desc, id desc"
    _depends = {
        "aftersales.followup": [
            "dealer_id",
            "company_id",
            "staff_id",
            "product_id",
            "ticket_id",
            "rule_id",
            "user_id",
            "channel",
            "state",
            "planned_on",
            "asked_on",
            "score",
        ],
        "aftersales.followup.answer": ["followup_id", "question_id", "score"],
        "helpdesk.ticket": ["case_type_id"],
    }

    followup_id = fields.Many2one("aftersales.followup", readonly=True)
    question_id = fields.Many2one(
        "aftersales.followup.question",
        readonly=True,
        help="Empty: the overall score.",
    )
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    staff_id = fields.Many2one("aftersales.staff", string="Technician", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    case_type_id = fields.Many2one("aftersales.case.type", readonly=True)
    rule_id = fields.Many2one("aftersales.followup.rule", readonly=True)
    user_id = fields.Many2one("res.users", string="Asked By", readonly=True)
    channel = fields.Selection(selection=CHANNELS, readonly=True)
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("done", "Answered"),
            ("not_reached", "Not Reached"),
            ("cancelled", "Cancelled"),
        ],
        readonly=True,
    )
    planned_on = fields.Date(readonly=True)
    asked_on = fields.Datetime(readonly=True)
    score = fields.Float(string="Points", aggregator="avg", readonly=True)
    satisfied = fields.Float(string="Satisfied (%)", aggregator="avg", readonly=True)
    response = fields.Float(string="Response Rate (%)", aggregator="avg", readonly=True)
    count = fields.Integer(string="Follow-ups", aggregator="sum", readonly=True)
    answers = fields.Integer(aggregator="sum", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            "%s FROM aftersales_followup f %s UNION ALL %s %s %s",
            self._select_followup(),
            self._join(),
            self._select_answer(),
            SQL(
                "FROM aftersales_followup_answer a"
                " JOIN aftersales_followup f ON f.id = a.followup_id"
            ),
            SQL("%s WHERE f.state = 'done' AND a.score IS NOT NULL", self._join()),
        )

    def _join(self):
        return SQL("LEFT JOIN helpdesk_ticket t ON t.id = f.ticket_id")

    def _select_shared(self):
        return SQL(
            "f.id AS followup_id, f.dealer_id, f.company_id, f.staff_id, f.product_id,"
            " t.case_type_id, f.rule_id, f.user_id, f.channel, f.state, f.planned_on,"
            " f.asked_on"
        )

    def _select_followup(self):
        # the rows of answers have odd numbers, those of follow-ups even ones
        return SQL(
            "SELECT f.id * 2 AS id, %s, NULL::int AS question_id,"
            " CASE WHEN f.state = 'done' THEN f.score::numeric END AS score,"
            " CASE WHEN f.state = 'done' AND f.score IS NOT NULL"
            "  THEN CASE WHEN f.score IN ('4', '5') THEN 100 ELSE 0 END"
            " END AS satisfied,"
            " CASE f.state WHEN 'done' THEN 100 WHEN 'not_reached' THEN 0"
            " END AS response,"
            " 1 AS count, CASE WHEN f.state = 'done' THEN 1 ELSE 0 END AS answers",
            self._select_shared(),
        )

    def _select_answer(self):
        return SQL(
            "SELECT a.id * 2 + 1 AS id, %s, a.question_id, a.score::numeric AS score,"
            " CASE WHEN a.score IN ('4', '5') THEN 100 ELSE 0 END AS satisfied,"
            " NULL::int AS response, 0 AS count, 1 AS answers",
            self._select_shared(),
        )
