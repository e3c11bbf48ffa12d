from odoo.tests import tagged

from odoo.addons.aftersales_parts.hooks import post_init_hook

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestDealerLocation(PartsCommon):
    """Each dealer has one place for parts, outside every company's books."""

    def test_new_dealer_gets_an_unvalued_internal_place_below_customers(self):
        self.assertRecordValues(
            self.place_a,
            [
                {
                    "name": "A01",
                    "usage": "internal",
                    "company_id": False,
                    "location_id": self.customers.id,
                    "dealer_id": self.dealer_a.id,
                }
            ],
        )
        self.assertFalse(self.place_a._should_be_valued())
        self.assertNotEqual(self.place_a, self.place_b)

    def test_after_sales_manager_without_stock_rights_creates_the_place_too(self):
        partner = self.env["res.partner"].create({"name": "Western Machinery"})
        dealer = (
            self.env["aftersales.dealer"]
            .with_user(self.user_manager)
            .create({"partner_id": partner.id, "code": "W01"})
        )
        self.assertEqual(dealer.sudo().location_id.dealer_id, dealer)

    def test_dealers_from_before_the_installation_get_their_place(self):
        self.dealer_a.location_id = False
        post_init_hook(self.env)
        self.assertEqual(self.dealer_a.location_id.name, "A01")
        self.assertEqual(self.dealer_b.location_id, self.place_b)

    def test_place_follows_a_new_dealer_code(self):
        self.dealer_a.with_user(self.user_manager).code = "A99"
        self.assertEqual(self.place_a.name, "A99")

    def test_place_below_a_dealers_place_is_his_as_well(self):
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.place_a.id, "company_id": False}
        )
        self.assertEqual(shelf.dealer_id, self.dealer_a)
