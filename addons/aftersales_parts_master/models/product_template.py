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
    machine_part_count = fields.Integer(
        string="Parts Listed", compute="_compute_machine_part_count"
    )

    @api.depends("machine_part_ids")
    def _compute_machine_part_count(self):
        counts = dict(
            self.env["aftersales.part.fit"]._read_group(
                [("machine_id", "in", self.ids)], ["machine_id"], ["__count"]
            )
        )
        for machine in self:
            machine.machine_part_count = counts.get(machine._origin, 0)

    @api.depends("is_machine", "part_class_id.code", "categ_id.part_class_id.code")
    def _compute_is_wear_part(self):
        for product in self:
            product.is_wear_part = product._get_part_class().code == "WEAR"
