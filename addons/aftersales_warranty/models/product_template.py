from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_machine = fields.Boolean(
        string="Gets a Warranty Card",
        help="A machine that is tracked by serial number and gets a warranty card.",
    )
    part_class_id = fields.Many2one(
        "aftersales.part.class",
        index="btree_not_null",
        ondelete="restrict",
        help="What this part is to a warranty. Empty: as its category says, or else it "
        "follows the whole machine.",
    )

    @api.onchange("is_machine")
    def _onchange_is_machine(self):
        if self.is_machine:
            self.is_storable = True
            self.tracking = "serial"

    @api.constrains("is_machine", "tracking")
    def _check_is_machine(self):
        for template in self:
            if template.is_machine and template.tracking != "serial":
                raise ValidationError(
                    self.env._(
                        "%(product)s gets a warranty card, so it must be tracked by "
                        "unique serial number. Change its tracking first.",
                        product=template.display_name,
                    )
                )

    def _get_part_class(self):
        """The part class of this product: its own, or its category's."""
        self.ensure_one()
        if self.is_machine:
            return self.env["aftersales.part.class"]
        return self.part_class_id or self.categ_id._get_part_class()

    def _get_warranty_policy(self, on_date=None):
        """The policy that holds for a sale of this product on ``on_date`` (today).

        The nearest category with a valid policy wins.
        """
        self.ensure_one()
        day = on_date or fields.Date.context_today(self)
        return self.env["aftersales.warranty.policy"]._get_for_sales(
            [(self.categ_id, day, self.env.company)]
        )[0]
