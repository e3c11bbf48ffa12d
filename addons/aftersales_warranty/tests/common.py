from contextlib import contextmanager
from datetime import date

from odoo.addons.aftersales_dealer.tests.common import AftersalesCommon


class WarrantyCommon(AftersalesCommon):
    """Two dealers, a harvester with a policy of a year, and cards on demand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["product.category"].create({"name": "Harvesters"})
        cls.machine = cls.env["product.product"].create(
            {
                "name": "Harvester H1",
                "is_storable": True,
                "tracking": "serial",
                "categ_id": cls.category.id,
                "is_machine": True,
            }
        )
        cls.class_machine = cls.env.ref("aftersales_warranty.part_class_machine")
        cls.class_main = cls.env.ref("aftersales_warranty.part_class_main")
        cls.class_wear = cls.env.ref("aftersales_warranty.part_class_wear")
        cls.class_consumable = cls.env.ref("aftersales_warranty.part_class_consumable")
        cls.policy = cls.env["aftersales.warranty.policy"].create(
            {
                "name": "Harvester one year",
                "category_ids": [(6, 0, cls.category.ids)],
                "usage_unit": "hour",
                "term_ids": [
                    (0, 0, {"part_class_id": cls.class_machine.id, "months": 12}),
                    (
                        0,
                        0,
                        {
                            "part_class_id": cls.class_main.id,
                            "months": 24,
                            "usage_limit": 2000,
                        },
                    ),
                    (
                        0,
                        0,
                        {
                            "part_class_id": cls.class_wear.id,
                            "months": 3,
                            "parts_share": 50,
                        },
                    ),
                ],
            }
        )
        cls.customer_a = cls._create_customer(cls.dealer_a, "Farmer Zhang")
        cls.customer_b = cls._create_customer(cls.dealer_b, "Farmer Li")

    @contextmanager
    def assertRefused(self, error, pattern):
        """Like assertRaisesRegex, with the rollback that Odoo's assertRaises does."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), pattern)

    @classmethod
    def _prepare_card_vals(cls, serial, **vals):
        return {
            "serial": serial,
            "product_id": cls.machine.id,
            "dealer_id": cls.dealer_a.id,
            "partner_id": cls.customer_a.id,
            "sale_date": date(2026, 3, 1),
            **vals,
        }

    @classmethod
    def _create_card(cls, serial, user=None, **vals):
        """A draft card, made by the lowest role that may: the dealer's agent."""
        cards = cls.env["aftersales.warranty.card"].with_user(user or cls.user_agent_a)
        return cards.create(cls._prepare_card_vals(serial, **vals))

    @classmethod
    def _create_active_card(cls, serial, user=None, returned_on=None, **vals):
        """A card that the dealer submitted and support confirmed."""
        card = cls._create_card(serial, user, **vals)
        if returned_on:
            card.with_user(cls.user_support).returned_on = returned_on
        card.action_submit()
        card.with_user(cls.user_support).action_activate()
        return card
