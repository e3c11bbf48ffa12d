from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    part_spec = fields.Char(string="Specification")
    part_model = fields.Char(string="Type Designation", help="The part's own model.")
    is_wear_part = fields.Boolean(
        string="Wear Part",
        compute="_compute_is_wear_part",
        store=True,
        readonly=False,
        help="Wears out in use. Follows the part class; a changed class sets it anew.",
    )
    is_part_returnable = fields.Boolean(
        string="Returnable Unused",
        default=True,
        help="A dealer may send back pieces that he did not sell.",
    )
    storage_place = fields.Char(
        company_dependent=True, help="Shelf and bin in the company's warehouse."
    )
    machine_part_ids = fields.One2many(
        "aftersales.part.fit", "machine_id", string="Parts of This Machine"
    )

    @api.depends("is_machine", "part_class_id.code", "categ_id.part_class_id.code")
    def _compute_is_wear_part(self):
        for product in self:
            product.is_wear_part = product._get_part_class().code == "WEAR"
