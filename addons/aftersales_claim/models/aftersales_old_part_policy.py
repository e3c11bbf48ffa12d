from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesOldPartPolicy(models.Model):
    """What follows when a dealer does not send old parts back in time.

    A row for the dealer's grade goes before the row for all grades; without a row
    nothing follows.
    """

    _name = "aftersales.old.part.policy"
    _description = "Old parts policy"
    _order = "grade_id, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    grade_id = fields.Many2one(
        "aftersales.dealer.grade",
        ondelete="cascade",
        help="Empty: dealers of all grades that have no row of their own.",
    )
    grace_days = fields.Integer(help="Days after the due date before anything follows.")
    action = fields.Selection(
        [
            ("block", "New claims are sent back"),
            ("charge", "The parts are charged back"),
        ],
        required=True,
        default="block",
    )
    penalty_percent = fields.Float(
        string="Penalty (%)",
        help="When charging back: this share of the part's price for the dealer, on "
        "top of what was paid for the piece.",
    )

    _grade_uniq = models.UniqueIndex(
        "(COALESCE(grade_id, 0)) WHERE active",
        "There is a policy for this grade already; change that one.",
    )
    _numbers = models.Constraint(
        "CHECK (grace_days >= 0 AND penalty_percent BETWEEN 0 AND 100)",
        "Days are not negative, and a penalty is between 0 and 100 %.",
    )

    @api.model
    def _get_for(self, dealers):
        """The policy of each dealer.

        :return: dict of dealer to policy, empty where nothing follows
        """
        # sudo: a rule of the company that binds dealers who cannot read it
        policies = self.sudo().search([("active", "=", True)])
        general = policies.filtered(lambda policy: not policy.grade_id)
        by_grade = {policy.grade_id: policy for policy in policies if policy.grade_id}
        return {
            dealer: by_grade.get(dealer.sudo().grade_id, general) for dealer in dealers
        }

    def _get_overdue_domain(self):
        """Old parts of which this policy says that they are too late."""
        self.ensure_one()
        last = fields.Date.context_today(self) - timedelta(days=self.grace_days)
        return Domain("state", "=", "recovered") & Domain("due_date", "<", last)
