from odoo import fields, models


class AftersalesDispatchCriterion(models.Model):
    """What technicians are ranked by when a job is to be given away.

    A criterion judges all candidates at once (``_judge_<code>``, which takes a
    :class:`~odoo.addons.aftersales_dispatch.utils.candidate.Request` and returns a dict
    of staff → ``Judgement``) and gives each a part of its weight, with the reason. Who
    does not meet a mandatory one cannot be chosen. A new criterion is a further code
    and that method.
    """

    _name = "aftersales.dispatch.criterion"
    _description = "Dispatch criterion"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(
        selection=[
            ("skill", "Skills"),
            ("availability", "Free at the wanted time"),
            ("workload", "Jobs of that day"),
            ("territory", "Territory"),
            ("absence", "Absence"),
            ("first_time_fix", "First-time fix of this fault"),
        ],
        string="Judges",
        required=True,
    )
    sequence = fields.Integer(default=10)
    weight = fields.Integer(
        string="Points", default=10, help="What the best candidate gets at most."
    )
    is_mandatory = fields.Boolean(
        string="Mandatory",
        help="Who does not meet it cannot be chosen, whatever else speaks for him.",
    )
    max_jobs = fields.Integer(
        string="Jobs per Day",
        help="From this number of jobs on the day is full; 0 means no limit.",
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "There is a criterion for this already; change that one."
    )
    _weight_positive = models.Constraint(
        "CHECK (weight >= 0)", "Points cannot be negative. Enter 0 or more."
    )
    _max_jobs_positive = models.Constraint(
        "CHECK (max_jobs >= 0)", "Jobs per day cannot be negative. Enter 0 or more."
    )

    def _judge(self, request):
        """Judge all candidates of ``request``.

        :return: dict of staff → ``Judgement``; who is not in it is not judged
        """
        self.ensure_one()
        return getattr(self, f"_judge_{self.code}")(request)

    def _get_points(self, judgement):
        self.ensure_one()
        return round(self.weight * judgement.share)

    def _get_reason(self, judgement):
        """The line of a candidate that says what he got and why."""
        points = self._get_points(judgement)
        return f"+{points} {judgement.text}" if points else judgement.text
