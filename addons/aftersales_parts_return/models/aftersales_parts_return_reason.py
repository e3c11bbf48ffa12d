from odoo import fields, models

DISPOSITIONS = [
    ("good", "Good Store"),
    ("refit", "To Refit"),
    ("scrap", "Scrap"),
    ("supplier", "To the Supplier"),
]


class AftersalesPartsReturnReason(models.Model):
    """Why stock comes back, and what follows for the money (经销商库存产品返厂).

    The rule is the record: who bears the freight, whether refit hours are charged, what
    is kept of the price paid, until when the reason can be given.
    """

    _name = "aftersales.parts.return.reason"
    _description = "Reason of a stock return"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    freight_bearer = fields.Selection(
        [("company", "Company"), ("dealer", "Dealer")],
        string="Freight Borne by",
        required=True,
        default="dealer",
    )
    needs_finding = fields.Boolean(
        string="Needs a Finding",
        help="The inspector writes down what he found before it is accepted.",
    )
    charges_refit = fields.Boolean(
        string="Refit Hours Charged",
        help="Hours and missing pieces that putting it together again takes are taken "
        "off the credit.",
    )
    deduction = fields.Float(
        string="Kept (%)", help="Share of the price paid that the company keeps."
    )
    limit_days = fields.Integer(
        string="Within Days", help="Days after the dealer's receipt. 0: no limit."
    )
    limit_seasons = fields.Integer(
        string="Within Seasons",
        help="Seasons after the dealer's receipt. 0: no limit.",
    )
    disposition = fields.Selection(
        DISPOSITIONS, string="Usually Goes", help="Proposed to the inspector."
    )
    note = fields.Text(translate=True, help="What the dealer should know.")

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A return reason with this code exists."
    )
    _deduction_share = models.Constraint(
        "CHECK (deduction BETWEEN 0 AND 100)",
        "The company keeps between 0 and 100 percent of the price.",
    )
    _limits_positive = models.Constraint(
        "CHECK (limit_days >= 0 AND limit_seasons >= 0)",
        "A limit is not below zero; 0 means no limit.",
    )
