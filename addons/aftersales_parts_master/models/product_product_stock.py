from odoo import api, fields, models
from odoo.fields import Domain


class ProductProduct(models.Model):
    """How many pieces lie where the reader may take them from."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "product.product"

    part_on_hand = fields.Float(
        string="On Hand",
        digits="Product Unit",
        compute="_compute_part_on_hand",
        help="For a dealer: at his own place. For the company: in its warehouses.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_part_on_hand(self):
        # sudo: support reads no stock; the domain holds a dealer to his own place
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                self._get_part_place_domain() & Domain("product_id", "in", self.ids),
                ["product_id"],
                ["quantity:sum"],
            )
        )
        on_hand = {part.id: quantity for part, quantity in groups}
        for part in self:
            part.part_on_hand = on_hand.get(part._origin.id, 0.0)

    @api.model
    def _get_part_place_domain(self):
        """The stock that counts as on hand for the user; extension point."""
        user = self.env.user
        if user.is_dealer:
            return Domain("dealer_id", "in", user.dealer_id.ids)
        return Domain("location_id.usage", "=", "internal") & Domain(
            "location_id.company_id", "in", self.env.companies.ids
        )

    def _has_stock(self):
        """Whether pieces lie anywhere, at the company's or a dealer's places."""
        self.ensure_one()
        # sudo: also at places that the user does not see
        quants = self.env["stock.quant"].sudo()
        return bool(
            quants.search_count(
                [
                    ("product_id", "=", self.id),
                    ("location_id.usage", "in", ("internal", "transit")),
                    ("quantity", "!=", 0),
                ],
                limit=1,
            )
        )

    def action_open_part_ledger(self):
        """The movements of this part, with the balance that each left."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_parts_ledger_action"
            ),
            "domain": [("product_id", "=", self.id)],
        }
