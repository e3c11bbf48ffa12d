from odoo import fields, models


class AftersalesDealerGrade(models.Model):
    """A class of dealers (A, B, C …) that rates and privileges hang on."""

    _name = "aftersales.dealer.grade"
    _description = "Dealer grade"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    description = fields.Text(translate=True)
    dealer_ids = fields.One2many("aftersales.dealer", "grade_id", string="Dealers")

    _code_uniq = models.Constraint("UNIQUE (code)", "A grade with this code exists.")
