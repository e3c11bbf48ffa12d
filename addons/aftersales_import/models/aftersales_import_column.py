from odoo import fields, models


class AftersalesImportColumn(models.Model):
    """One column of a file, and the field it fills."""

    _name = "aftersales.import.column"
    _description = "Import column"
    _order = "sequence, id"

    job_id = fields.Many2one(
        "aftersales.import.job", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(related="job_id.kind")
    sequence = fields.Integer()
    name = fields.Char(string="Column", required=True, readonly=True)
    sample = fields.Char(string="First Values", readonly=True)
    field_id = fields.Many2one(
        "aftersales.import.field",
        string="Fills",
        ondelete="cascade",
        domain="[('kind', '=', kind)]",
        help="Empty: the column is not read.",
    )
