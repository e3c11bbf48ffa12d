from odoo import models


class ProductCategory(models.Model):
    _inherit = "product.category"

    def write(self, vals):
        res = super().write(vals)
        if {"part_class_id", "parent_id"} & vals.keys():
            # products of the categories below take the class over, too
            products = self.env["product.template"].with_context(active_test=False)
            below = products.search([("categ_id", "child_of", self.ids)])
            self.env.add_to_compute(products._fields["old_part_required"], below)
        return res
