from odoo import api, fields, models


class AftersalesTrainingCourse(models.Model):
    _inherit = "aftersales.training.course"

    operation_ids = fields.Many2many(
        "aftersales.operation",
        "aftersales_training_course_operation_rel",
        string="Operations",
        compute="_compute_operation_ids",
        store=True,
        readonly=False,
        precompute=True,
        help="Work that the course teaches; that of the qualification unless other "
        "operations are chosen.",
    )

    @api.depends("scope_id")
    def _compute_operation_ids(self):
        for course in self:
            course.operation_ids = course.scope_id.operation_ids or course.operation_ids
