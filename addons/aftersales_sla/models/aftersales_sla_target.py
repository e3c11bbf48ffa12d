from odoo import api, fields, models

# In the order in which they are due.
TARGETS = [
    ("reply", "Reply"),
    ("arrange", "Arrange"),
    ("contact", "Contact"),
    ("arrive", "Arrive"),
    ("restore", "Restore"),
    ("resolve", "Resolve"),
]
# What only a visit brings about.
VISIT_TARGETS = ("arrange", "contact", "arrive")
MINUTES = {"minute": 1, "hour": 60}
DAY = 24


class AftersalesSlaTarget(models.Model):
    """One promised time of a policy, counted from the report of the case."""

    _name = "aftersales.sla.target"
    _description = "Target of a service promise"
    _order = "policy_id, season_id desc, sequence, id"
    _rec_name = "target"

    policy_id = fields.Many2one(
        "aftersales.sla.policy", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    target = fields.Selection(
        selection=TARGETS,
        required=True,
        help="Restore: the customer can work again, be it with a loaner. "
        "Arrange, contact and arrive hold only for cases that need a visit.",
    )
    amount = fields.Integer(string="Within", required=True, default=1)
    unit = fields.Selection(
        selection=[("minute", "Minutes"), ("hour", "Hours"), ("day", "Days")],
        required=True,
        default="hour",
        help="A day has the daily hours of the calendar; around the clock it has 24.",
    )
    season_id = fields.Many2one(
        "aftersales.sla.season",
        string="Only in Season",
        ondelete="restrict",
        help="Replaces the usual target in this busy season.",
    )
    source = fields.Char(translate=True, help="Contract, statute or management rule.")

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A promised time must be above zero."
    )
    _target_uniq = models.UniqueIndex(
        "(policy_id, target, COALESCE(season_id, 0))",
        "A promise has each target once, and once more for each busy season.",
    )

    @api.depends("target", "amount", "unit")
    def _compute_display_name(self):
        targets = dict(self._fields["target"]._description_selection(self.env))
        units = dict(self._fields["unit"]._description_selection(self.env))
        for line in self:
            name = targets.get(line.target, "")
            line.display_name = f"{name}: {line.amount} {units.get(line.unit, '')}"

    def _is_for(self, ticket):
        """Whether this kind of case can reach the target at all; extension point."""
        self.ensure_one()
        return self.target not in VISIT_TARGETS or ticket.case_type_id.needs_dispatch

    def _get_minutes(self, calendar):
        """Promised minutes of working time; around the clock without a calendar."""
        self.ensure_one()
        if self.unit in MINUTES:
            return self.amount * MINUTES[self.unit]
        hours = calendar.hours_per_day if calendar else DAY
        return round(self.amount * (hours or DAY) * 60)
