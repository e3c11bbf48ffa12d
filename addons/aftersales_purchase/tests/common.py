from odoo.fields import Command
from odoo.tests import Form

from odoo.addons.aftersales_parts.tests.common import PartsCommon


class PurchaseCommon(PartsCommon):
    """Pumps at 80.00 from Foundry, who is designated; Trader is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foundry = cls.env["res.partner"].create({"name": "Foundry"})
        cls.trader = cls.env["res.partner"].create({"name": "Trader"})
        cls.seller = cls._create_seller(cls.foundry, 80.0)
        cls.company.aftersales_supplier_check = "refuse"

    @classmethod
    def _create_seller(cls, partner, price, designate=True, **vals):
        seller = (
            cls.env["product.supplierinfo"]
            .with_user(cls.user_keeper)
            .create(
                {
                    "partner_id": partner.id,
                    "product_tmpl_id": cls.pump.product_tmpl_id.id,
                    "price": price,
                    **vals,
                }
            )
        )
        if designate:
            manager = seller.with_user(cls.user_manager)
            manager.designated_from = "2020-01-01"
            manager.action_designate()
        return seller

    @classmethod
    def _create_order(cls, quantity=10, price=None, partner=None, **vals):
        """An order of the keeper; at the price the system fills in unless given."""
        line = {"product_id": cls.pump.id, "product_qty": quantity, **vals}
        if price is not None:
            line["price_unit"] = price
        return (
            cls.env["purchase.order"]
            .with_user(cls.user_keeper)
            .create(
                {
                    "partner_id": (partner or cls.foundry).id,
                    "order_line": [Command.create(line)],
                }
            )
        )

    @classmethod
    def _confirm(cls, **vals):
        order = cls._create_order(**vals)
        order.button_confirm()
        return order

    def _validate(self, picking):
        """Press Validate as the keeper, without a backorder question."""
        picking = picking.with_user(self.user_keeper)
        return picking.with_context(skip_backorder=True).button_validate()

    def _fill_inspection(self, inspection, inspected, bad=0, severity="major"):
        """What the inspector enters on the form."""
        with Form(inspection.with_user(self.user_inspector)) as form:
            form.inspected = inspected
            if bad:
                with form.defect_ids.new() as defect:
                    defect.severity = severity
                    defect.description = "Crack in the casting"
                    defect.quantity = bad
        return inspection.with_user(self.user_inspector)
