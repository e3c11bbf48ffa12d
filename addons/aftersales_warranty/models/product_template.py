from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_machine = fields.Boolean(
        string="Gets a Warranty Card",
        help="A machine that is tracked by serial number and gets a warranty card.",
    )
    part_class_id = fields.Many2one(
        "aftersales.part.class",
        string="Part Class",
        index="btree_not_null",
        ondelete="restrict",
    )

    def _get_warranty_policy(self, on_date=None):
        """The policy that holds for a sale of this product on ``on_date`` (today).

        The nearest category with a valid policy wins.
        """
        return self.env["aftersales.warranty.policy"]._get_by_category(
            self.categ_id, on_date or fields.Date.today()
        )
