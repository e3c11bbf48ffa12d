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

    aftersales_duplicate_days = fields.Integer(
        string="Duplicate Within",
        default=7,
        help="Days. An open case of the same telephone number and product within this "
        "time is pointed out as a possible duplicate.",
    )

    aftersales_request_limit = fields.Integer(
        string="Requests from One Address",
        default=5,
        help="How many requests for service one internet address may send within an "
        "hour from the web site without a login. None closes the form.",
    )

    _aftersales_request_limit_positive = models.Constraint(
        "CHECK (aftersales_request_limit >= 0)",
        "The number of requests from one address cannot be below zero.",
    )
    _aftersales_duplicate_days_positive = models.Constraint(
        "CHECK (aftersales_duplicate_days > 0)",
        "The time in which cases are compared must be at least one day.",
    )
    _aftersales_repeat_days_positive = models.Constraint(
        "CHECK (aftersales_repeat_days > 0)",
        "The time that makes a repair a repeat must be at least one day.",
    )
