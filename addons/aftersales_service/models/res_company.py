from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_repeat_days = fields.Integer(
        string="Repeat Repair Within",
        default=30,
        help="Days. The same fault on the same machine within this time means that the "
        "earlier repair did not fix it the first time. The default is the time that a "
        "repaired appliance must work normally by law (State Economic and Trade "
        "Commission [1995] No. 458).",
    )

    _aftersales_repeat_days_positive = models.Constraint(
        "CHECK (aftersales_repeat_days > 0)",
        "The time that makes a repair a repeat must be at least one day.",
    )
