from odoo import fields, models
from odoo.tools import SQL


class AftersalesTrainingMatrix(models.Model):
    """Staff × course: who has attended, passed and is certified today."""

    _name = "aftersales.training.matrix"
    _description = "Training Matrix"
    _auto = False
    _order = "dealer_id, staff_id, course_code"
    _depends = {
        "aftersales.training.enrolment": [
            "staff_id",
            "partner_id",
            "course_id",
            "state",
            "result",
            "hours",
            "score",
            "date_begin",
        ],
        "aftersales.training.course": ["code", "topic_id", "scope_id"],
        "aftersales.staff": ["dealer_id", "role", "active"],
        "aftersales.certificate": [
            "partner_id",
            "scope_id",
            "state",
            "valid_from",
            "valid_to",
        ],
    }

    staff_id = fields.Many2one("aftersales.staff", readonly=True)
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    role = fields.Selection(
        selection=lambda self: (
            self.env["aftersales.staff"]
            ._fields["role"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    topic_id = fields.Many2one("aftersales.training.topic", readonly=True)
    course_id = fields.Many2one(
        "aftersales.training.course", string="Latest Version Taken", readonly=True
    )
    course_code = fields.Char(string="Course", readonly=True)
    last_date = fields.Datetime(string="Last Attended", readonly=True)
    hours = fields.Float(readonly=True)
    attended = fields.Integer(readonly=True)
    passed = fields.Integer(readonly=True, help="1: has passed the course.")
    certified = fields.Integer(
        readonly=True, help="1: holds a certificate of the course that is valid today."
    )
    score = fields.Float(string="Best Result", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT MIN(e.id) AS id,
                   e.staff_id,
                   s.dealer_id,
                   s.role,
                   c.code AS course_code,
                   MAX(c.id) AS course_id,
                   MAX(c.topic_id) AS topic_id,
                   MAX(e.date_begin) AS last_date,
                   SUM(e.hours) AS hours,
                   COUNT(*) AS attended,
                   MAX(CASE WHEN e.result = 'passed' THEN 1 ELSE 0 END) AS passed,
                   MAX(CASE WHEN t.id IS NULL THEN 0 ELSE 1 END) AS certified,
                   MAX(e.score) AS score
              FROM aftersales_training_enrolment e
              JOIN aftersales_staff s ON s.id = e.staff_id AND s.active
              JOIN aftersales_training_course c ON c.id = e.course_id
              LEFT JOIN aftersales_certificate t
                     ON t.partner_id = e.partner_id
                    AND t.scope_id = c.scope_id
                    AND t.state = 'active'
                    AND t.valid_from <= %(today)s
                    AND (t.valid_to IS NULL OR t.valid_to >= %(today)s)
             WHERE e.state = 'attended'
             GROUP BY e.staff_id, s.dealer_id, s.role, c.code
            """,
            today=self.env.company._get_local_day(),
        )
