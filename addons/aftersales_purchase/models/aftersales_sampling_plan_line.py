from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesSamplingPlanLine(models.Model):
    """The sample for lots of a certain size."""

    _name = "aftersales.sampling.plan.line"
    _description = "Sampling plan line"
    _order = "plan_id, lot_from"
    _rec_name = "lot_from"

    plan_id = fields.Many2one(
        "aftersales.sampling.plan", required=True, index=True, ondelete="cascade"
    )
    lot_from = fields.Integer(required=True, default=1)
    lot_to = fields.Integer(help="0: and all bigger lots.")
    sample_size = fields.Integer(required=True, default=1)
    accept_number = fields.Integer(
        string="Accept (Ac)", help="With so many bad pieces the lot is still accepted."
    )
    reject_number = fields.Integer(
        string="Reject (Re)",
        required=True,
        default=1,
        help="From so many bad pieces on the lot is rejected.",
    )

    _sizes = models.Constraint(
        "CHECK (lot_from > 0 AND (lot_to = 0 OR lot_to >= lot_from)"
        " AND sample_size > 0)",
        "A line covers lots from one piece on, ends not before it begins (0: open), "
        "and its sample has at least one piece.",
    )
    _numbers = models.Constraint(
        "CHECK (accept_number >= 0 AND reject_number = accept_number + 1"
        " AND accept_number < sample_size)",
        "In single sampling the rejection number is the acceptance number plus one, "
        "and the acceptance number is below the sample size.",
    )

    @api.constrains("lot_from", "lot_to", "plan_id")
    def _check_overlap(self):
        for plan in self.plan_id:
            lines = plan.line_ids.sorted("lot_from")
            for line, following in pairwise(lines):
                if not line.lot_to or following.lot_from <= line.lot_to:
                    raise ValidationError(
                        self.env._(
                            "%(plan)s: the lines from %(first)d and from %(second)d "
                            "cover the same lot sizes. End the first one earlier.",
                            plan=plan.name,
                            first=line.lot_from,
                            second=following.lot_from,
                        )
                    )
