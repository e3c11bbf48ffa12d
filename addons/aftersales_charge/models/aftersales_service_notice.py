from odoo import fields, models


class AftersalesServiceNotice(models.Model):
    """How many days before a service is due its customer is told."""

    _name = "aftersales.service.notice"
    _description = "Service reminder lead time"
    _order = "plan_id, days desc"
    _rec_name = "days"

    plan_id = fields.Many2one(
        "aftersales.service.plan", required=True, index=True, ondelete="cascade"
    )
    days = fields.Integer(string="Days Before", required=True)

    _days_uniq = models.Constraint(
        "UNIQUE (plan_id, days)", "This lead time stands in the plan already."
    )
    _days_positive = models.Constraint(
        "CHECK (days >= 0)", "A reminder cannot come after the service is due."
    )
