from odoo import fields, models


class AftersalesWarrantyCard(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.warranty.card"

    import_job_id = fields.Many2one(
        "aftersales.import.job",
        string="Imported by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The file this card came with.",
    )
