from odoo import fields, models


class AftersalesCertificate(models.Model):
    _inherit = "aftersales.certificate"

    import_job_id = fields.Many2one(
        "aftersales.import.job",
        string="Import",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
