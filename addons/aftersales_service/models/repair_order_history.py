from odoo import fields, models


class RepairOrder(models.Model):
    """A past repair, taken over from another system as a closed record."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "repair.order"

    import_job_id = fields.Many2one(
        "aftersales.import.job",
        string="Imported by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The file this repair came with.",
    )
    history_ref = fields.Char(
        string="Former Reference",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Number of the repair in the system it came from.",
    )
    history_problem = fields.Text(string="Reported Problem", readonly=True, copy=False)
    history_brand = fields.Char(string="Brand", readonly=True, copy=False)
    history_year = fields.Integer(
        string="Year of Manufacture", readonly=True, copy=False, aggregator=None
    )
    history_age = fields.Float(
        string="Age (years)", readonly=True, copy=False, aggregator="avg"
    )
    history_barrier = fields.Char(string="Barrier to Repair", readonly=True, copy=False)
    history_country = fields.Char(string="Country (history)", readonly=True, copy=False)
