from odoo import fields, models

from .aftersales_warranty_period import USAGE_UNITS


class AftersalesWarrantyRemedy(models.Model):
    """What a statute grants or demands, and on which condition: one clause, one record.

    The numbers are stored with their units, because statutes count in calendar days and
    in working days, and include the limit in some places and exclude it in others.
    """

    _name = "aftersales.warranty.remedy"
    _description = "Statutory remedy or duty"
    _order = "statute_id, sequence, id"

    statute_id = fields.Many2one(
        "aftersales.warranty.statute", required=True, index=True, ondelete="cascade"
    )
    kind_ids = fields.Many2many(
        "aftersales.warranty.kind",
        string="Only for",
        help="Empty: all goods of the statute.",
    )
    code = fields.Char(required=True)
    clause = fields.Char()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, translate=True)
    condition = fields.Text(translate=True)
    remedy = fields.Selection(
        selection=[
            ("repair", "Free Repair"),
            ("replace_part", "Replace the Part or Assembly"),
            ("replace", "Replace the Goods"),
            ("return", "Return the Goods"),
            ("loaner", "Loaner or Compensation"),
            ("refund", "Refund Rule"),
            ("clock", "Clock Rule"),
            ("duty", "Duty of the Trader"),
            ("exclusion", "Exclusion"),
        ],
        required=True,
    )
    also_return = fields.Boolean(
        string="Or Return", help="The customer may choose a return instead."
    )
    also_repair = fields.Boolean(
        string="Or Repair", help="The customer may choose a repair instead."
    )
    trigger = fields.Selection(
        selection=[
            ("any_fault", "Any quality problem"),
            ("safety", "Listed safety failure"),
            ("serious", "Serious quality problem"),
            ("same_fault", "Same problem again"),
            ("same_part", "Same main part replaced"),
            ("same_assembly", "Same assembly replaced"),
            ("repair_time", "Time in repair"),
            ("parts_missing", "Parts not supplied"),
            ("repairer", "Repairer's own cause"),
            ("no_model", "No same model available"),
        ],
    )
    repairs_min = fields.Integer(
        string="Repairs before", help="Repairs or replacements that went before."
    )
    days = fields.Integer()
    days_unit = fields.Selection(
        selection=[("calendar", "Calendar Days"), ("working", "Working Days")],
    )
    days_sense = fields.Selection(
        selection=[("within", "Within (included)"), ("over", "More than (excluded)")],
    )
    days_anchor = fields.Selection(
        selection=[
            ("start", "Start of the period"),
            ("season", "Start of the first work season"),
            ("repair", "Hand-in for this repair"),
            ("total", "All repairs together"),
            ("request", "The customer's request"),
        ],
    )
    usage_limit = fields.Float()
    usage_unit = fields.Selection(selection=USAGE_UNITS)
    fee = fields.Selection(
        selection=[
            ("none", "No fee"),
            ("depreciation", "Depreciation per Day"),
            ("use", "Use Fee per 1,000 km"),
        ],
        help="What the trader may keep back from a refund.",
    )
    fee_rate_max = fields.Float(
        string="Highest Rate (%)", digits=(6, 3), help="Statutory ceiling of the rate."
    )
    documents = fields.Char(translate=True, help="Papers the customer has to show.")
    verified = fields.Boolean(default=True)
    source = fields.Char()

    _code_uniq = models.Constraint("UNIQUE (code)", "A remedy with this code exists.")
