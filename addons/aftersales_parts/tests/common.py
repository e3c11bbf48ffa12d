from odoo.fields import Command

from odoo.addons.aftersales_service.tests.common import create_plain_repair_type
from odoo.addons.aftersales_warranty.tests.common import WarrantyCommon

# One black pixel: what a customer's finger leaves on the screen.
SIGNATURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJ"
    b"RU5ErkJggg=="
)


class PartsCommon(WarrantyCommon):
    """A pump at cost 100, ten of them in our warehouse, and deliveries on demand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type_repair = create_plain_repair_type(cls.env)
        cls.class_main.return_old_part = True
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.parts_category = cls.env["product.category"].create({"name": "Parts"})
        cls.pump = cls._create_part("Pump", 100.0, cls.class_main)
        cls.oil = cls._create_part("Oil", 5.0, cls.class_consumable)
        cls.place_a = cls.dealer_a.location_id
        cls.place_b = cls.dealer_b.location_id
        cls._put_into_stock(cls.pump, 10)

    @classmethod
    def _create_part(cls, name, cost, part_class, **vals):
        return cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "standard_price": cost,
                "list_price": cost * 2,
                "categ_id": cls.parts_category.id,
                "part_class_id": part_class.id,
                "taxes_id": [Command.clear()],
                "supplier_taxes_id": [Command.clear()],
                **vals,
            }
        )

    @classmethod
    def _put_into_stock(cls, product, quantity, lot=None):
        """Count ``quantity`` pieces in our own warehouse, with their value."""
        cls.env["stock.quant"].with_context(inventory_mode=True).create(
            {
                "product_id": product.id,
                "location_id": cls.stock.id,
                "inventory_quantity": quantity,
                "lot_id": lot.id if lot else False,
            }
        ).action_apply_inventory()

    @classmethod
    def _deliver(cls, product, quantity, dealer=None, lots=None):
        """Ship from our warehouse to the dealer, as our parts keeper; the receipt."""
        dealer = dealer or cls.dealer_a
        places = {
            "location_id": cls.stock.id,
            "location_dest_id": cls.customers.id,
        }
        picking = (
            cls.env["stock.picking"]
            .with_user(cls.user_keeper)
            .create(
                {
                    "picking_type_id": cls.warehouse.out_type_id.id,
                    "partner_id": dealer.partner_id.id,
                    **places,
                    "move_ids": [
                        Command.create(
                            {
                                **places,
                                "product_id": product.id,
                                "product_uom_qty": quantity,
                            }
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        return picking.sudo().receipt_ids

    @classmethod
    def _receive(cls, product, quantity, dealer=None):
        """Ship to the dealer and let his agent confirm that all of it arrived."""
        dealer = dealer or cls.dealer_a
        user = cls.user_agent_a if dealer == cls.dealer_a else cls.user_agent_b
        receipt = cls._deliver(product, quantity, dealer).with_user(user)
        receipt.action_confirm()
        return receipt

    @classmethod
    def _create_repair(cls, serial="H1-0001", parts=None, user=None):
        """A repair record on a case of dealer A, with the part lines of ``parts``.

        :param dict parts: product to quantity
        """
        user = user or cls.user_agent_a
        lot = cls.env["stock.lot"].search([("name", "=", serial)])
        if not lot:
            cls._create_active_card(serial)
        ticket = (
            cls.env["helpdesk.ticket"]
            .with_user(user)
            .create(
                {
                    "name": f"{serial} does not run",
                    "description": "<p>It stopped.</p>",
                    "case_type_id": cls.type_repair.id,
                    "partner_id": cls.customer_a.id,
                    "serial": serial,
                }
            )
        )
        repair = ticket._create_repair()
        repair.write(
            {
                "staff_id": cls.technician_a.id,
                "move_ids": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity}
                    )
                    for product, quantity in (parts or {}).items()
                ],
            }
        )
        return repair

    @classmethod
    def _finish(cls, repair):
        repair.write({"customer_signature": SIGNATURE, "signed_by": "Zhang"})
        repair.action_finish()

    def _get_on_hand(self, product, location):
        quants = self.env["stock.quant"].search(
            [("product_id", "=", product.id), ("location_id", "=", location.id)]
        )
        return sum(quants.mapped("quantity"))

    def _get_stock_value(self, product):
        product.invalidate_recordset()
        return product.total_value
