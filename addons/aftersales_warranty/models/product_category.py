from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    part_class_id = fields.Many2one(
        "aftersales.part.class",
        ondelete="restrict",
        help="Class of the parts in this category and below that have none of their "
        "own.",
    )

    def _get_part_class(self):
        """The part class of this category or of the nearest one above that has one."""
        category = self
        while category and not category.part_class_id:
            category = category.parent_id
        return category.part_class_id
