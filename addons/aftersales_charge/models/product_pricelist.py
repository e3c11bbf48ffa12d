from odoo import api, fields, models
from odoo.fields import Domain


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    is_aftersales_published = fields.Boolean(
        string="Published for End Customers",
        copy=False,
        help="Spare parts that customers pay for are quoted from this list; a product "
        "without a rule in it costs its sales price. One list per company.",
    )

    _published_uniq = models.UniqueIndex(
        "((COALESCE(company_id, 0))) WHERE is_aftersales_published AND active",
        "Another price list of this company is published for end customers already.",
    )

    @api.model
    def _get_published(self, company):
        """The price list that end customers of ``company`` pay by, or an empty one."""
        # sudo: price lists are closed to dealers; only the published prices are used
        lists = self.sudo().search(
            Domain("is_aftersales_published", "=", True)
            & Domain("company_id", "in", [company.id, False])
        )
        return lists.sorted(lambda pricelist: not pricelist.company_id)[:1]
