from odoo import fields, models


class AftersalesOnsiteScopeMixin(models.AbstractModel):
    """A demand that holds for some kinds of cases and products."""

    _name = "aftersales.onsite.scope.mixin"
    _description = "Scope of what is demanded on site"

    case_type_ids = fields.Many2many(
        "aftersales.case.type",
        string="Case Types",
        help="Asked for in cases of these types; empty means in all of them.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Asked for with these products and what is below; empty means with all.",
    )

    def _filter_applicable(self, repair):
        """Those of these records that ``repair`` falls under."""
        case_type = repair.ticket_id.case_type_id
        category = repair.product_id.categ_id
        above = {int(x) for x in (category.parent_path or "").split("/") if x}
        return self.filtered(
            lambda record: (
                (not record.case_type_ids or case_type in record.case_type_ids)
                and (not record.category_ids or above & set(record.category_ids.ids))
            )
        )
