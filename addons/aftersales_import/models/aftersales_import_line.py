from odoo import fields, models


class AftersalesImportLine(models.Model):
    """What is wrong with a row: where, and why it was not imported."""

    _name = "aftersales.import.line"
    _description = "Import problem"
    _order = "job_id, row_index, id"

    job_id = fields.Many2one(
        "aftersales.import.job", required=True, index=True, ondelete="cascade"
    )
    row_index = fields.Integer(readonly=True)
    sheet = fields.Char(readonly=True)
    row = fields.Integer(readonly=True, help="Row number in the sheet.")
    column = fields.Char(readonly=True)
    value = fields.Char(readonly=True, help="What the cell holds.")
    verdict = fields.Selection(
        selection=[("refused", "Refused"), ("duplicate", "Duplicate")], readonly=True
    )
    reason = fields.Char(readonly=True)
