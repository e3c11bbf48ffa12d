from odoo import api, fields, models


class AftersalesQualityDefect(models.Model):
    """A kind of bad workmanship that a quality check finds."""

    _name = "aftersales.quality.defect"
    _description = "Defect found by a quality check"
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "A defect with this code exists.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for defect in self:
            defect.display_name = f"{defect.code} {defect.name}"
