from odoo.fields import Command

from odoo.addons.aftersales_parts.tests.common import PartsCommon


class OrderCommon(PartsCommon):
    """Ten pumps at cost 100 that dealer A buys at 180 and dealer B at 190."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "VAT 13 %",
                "amount": 13.0,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
            }
        )
        cls.pump.taxes_id = cls.tax
        cls.oil.taxes_id = cls.tax
        cls.pricelist_a = cls._create_pricelist("A", 180.0)
        cls.pricelist_b = cls._create_pricelist("B", 190.0)
        cls.grade_a, cls.grade_b = cls.env["aftersales.dealer.grade"].create(
            [
                {"name": "First", "code": "T1", "pricelist_id": cls.pricelist_a.id},
                {"name": "Second", "code": "T2", "pricelist_id": cls.pricelist_b.id},
            ]
        )
        cls.dealer_a.grade_id = cls.grade_a
        cls.dealer_b.grade_id = cls.grade_b

    @classmethod
    def _create_pricelist(cls, name, price):
        return cls.env["product.pricelist"].create(
            {
                "name": name,
                "currency_id": cls.company.currency_id.id,
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": cls.pump.id,
                            "compute_price": "fixed",
                            "fixed_price": price,
                        }
                    )
                ],
            }
        )

    @classmethod
    def _create_order(cls, parts=None, user=None, **vals):
        """A draft of dealer A's agent: four pumps unless the test says otherwise.

        :param dict parts: product to quantity
        """
        parts = {cls.pump: 4} if parts is None else parts
        return (
            cls.env["aftersales.parts.order"]
            .with_user(user or cls.user_agent_a)
            .create(
                {
                    "line_ids": [
                        Command.create({"product_id": part.id, "quantity": quantity})
                        for part, quantity in parts.items()
                    ],
                    **vals,
                }
            )
        )
