from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    import_job_id = fields.Many2one(
        "aftersales.import.job",
        string="Imported by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The file this contact came with.",
    )
