from odoo import api, fields, models
from odoo.exceptions import ValidationError

MONTHS = [
    ("1", "January"),
    ("2", "February"),
    ("3", "March"),
    ("4", "April"),
    ("5", "May"),
    ("6", "June"),
    ("7", "July"),
    ("8", "August"),
    ("9", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]


class AftersalesPartsSeason(models.Model):
    """Months in which parts of some machines are used faster (农忙季节)."""

    _name = "aftersales.parts.season"
    _description = "Parts season"
    _order = "month_from, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    month_from = fields.Selection(MONTHS, required=True)
    month_to = fields.Selection(MONTHS, required=True, help="Including this month.")
    factor = fields.Float(
        required=True,
        default=1.5,
        help="Consumption in these months compared with the months before.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Categories of Parts",
        help="Empty: parts of every category.",
    )

    @api.constrains("factor")
    def _check_factor(self):
        for season in self:
            if season.factor <= 0:
                raise ValidationError(
                    self.env._(
                        "Season %(season)s: the factor must be above zero; 1 changes "
                        "nothing.",
                        season=season.name,
                    )
                )

    def _is_in(self, day):
        """Whether ``day`` falls into the season, which may run over New Year."""
        self.ensure_one()
        first, last = int(self.month_from), int(self.month_to)
        if first <= last:
            return first <= day.month <= last
        return day.month >= first or day.month <= last

    def _get_factor(self, part, day):
        """The strongest factor of the seasons that hold for the part on that day."""
        factors = [
            season.factor
            for season in self
            if season._is_in(day)
            and (not season.category_ids or part.categ_id in season.category_ids)
        ]
        return max(factors, default=1.0)
