from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    old_part_required = fields.Boolean(
        string="Old Part Returned",
        compute="_compute_old_part_required",
        store=True,
        readonly=False,
        help="When this part is replaced under warranty, each old piece gets a tag and "
        "has to be sent back to us. Follows the part class; a changed class sets it "
        "anew.",
    )

    @api.depends(
        "is_machine",
        "part_class_id.return_old_part",
        "categ_id.part_class_id.return_old_part",
    )
    def _compute_old_part_required(self):
        for product in self:
            product.old_part_required = product._get_part_class().return_old_part
