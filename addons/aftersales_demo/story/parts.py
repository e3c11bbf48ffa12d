"""Parts: stock at the maker's, deliveries to the dealers, their receipts."""

from odoo.fields import Command

STOCK = {
    "hydraulic_pump": 60,
    "cylinder_head": 20,
    "clutch_disc": 80,
    "fan_belt": 300,
    "fuel_filter": 500,
    "compressor": 60,
    "control_board": 90,
    "drain_pump": 120,
    "door_seal": 150,
    "brake_pads": 100,
    "starter_motor": 30,
    "traction_module": 12,
    "motherboard": 30,
    "display": 60,
    "keyboard": 80,
    "battery": 90,
}
# dealer, days ago, parts, and what the dealer found wrong on arrival
DELIVERIES = [
    ("north", 210, {"hydraulic_pump": 8, "clutch_disc": 10, "fan_belt": 40}, {}),
    ("north", 60, {"cylinder_head": 4, "fuel_filter": 60}, {}),
    ("east", 200, {"compressor": 10, "control_board": 20, "drain_pump": 25}, {}),
    ("east", 90, {"door_seal": 30}, {"door_seal": ("short", 2, "Two bags empty")}),
    (
        "west",
        190,
        {"brake_pads": 12, "starter_motor": 6, "motherboard": 6, "display": 10},
        {"display": ("broken", 1, "Glass cracked, carton crushed")},
    ),
    ("west", 70, {"keyboard": 12, "traction_module": 2, "battery": 10}, {}),
]
# not confirmed yet: what a dealer finds under “Receive” when he logs in
UNDERWAY = [
    ("north", 1, {"hydraulic_pump": 4, "fuel_filter": 20}),
    ("east", 2, {"compressor": 3}),
]
# machines and parts invoiced to the dealers: days ago, amount before tax
INVOICES = {
    "north": [(95, 860.0), (64, 12400.0), (33, 86000.0)],
    "east": [(88, 1500.0), (50, 29990.0)],
    "west": [(120, 640.0), (75, 5499.0), (20, 129800.0)],
}


def stock_up(stage):
    warehouse = stage.env["stock.warehouse"].search(
        [("company_id", "=", stage.env.company.id)], limit=1
    )
    with stage.on(stage.days_ago(240)):
        _count(stage, warehouse)
    for dealer, days, parts, findings in DELIVERIES:
        with stage.on(stage.days_ago(days)):
            receipt = _deliver(stage, warehouse, dealer, parts)
        with stage.on(stage.days_ago(days - 2)):
            _receive(stage, dealer, receipt, findings)
    for dealer, days, parts in UNDERWAY:
        with stage.on(stage.days_ago(days)):
            _deliver(stage, warehouse, dealer, parts)
    for dealer, invoices in INVOICES.items():
        for days, amount in invoices:
            with stage.on(stage.days_ago(days)):
                _invoice(stage, dealer, amount)


def _count(stage, warehouse):
    """The opening count of the maker's own parts."""
    quants = stage.env["stock.quant"].with_context(inventory_mode=True)
    quants.create(
        [
            {
                "product_id": stage.part(name).id,
                "location_id": warehouse.lot_stock_id.id,
                "inventory_quantity": quantity,
            }
            for name, quantity in STOCK.items()
        ]
    ).action_apply_inventory()


def _deliver(stage, warehouse, dealer, parts):
    customers = stage.env.ref("stock.stock_location_customers")
    places = {
        "location_id": warehouse.lot_stock_id.id,
        "location_dest_id": customers.id,
    }
    picking = stage.model("stock.picking", "keeper").create(
        {
            "picking_type_id": warehouse.out_type_id.id,
            "partner_id": stage.ref(f"partner_{dealer}").id,
            **places,
            "move_ids": [
                Command.create(
                    {
                        **places,
                        "product_id": stage.part(name).id,
                        "product_uom_qty": quantity,
                    }
                )
                for name, quantity in parts.items()
            ],
        }
    )
    picking.action_confirm()
    picking.action_assign()
    picking.move_ids.picked = True
    # a text message to the dealer is asked about once; nobody is there to answer
    picking.with_context(skip_sms=True).button_validate()
    return picking.sudo().receipt_ids


def _receive(stage, dealer, receipt, findings):
    receipt = stage.as_user(f"{dealer}_agent", receipt)
    for name, (field, quantity, note) in findings.items():
        line = receipt.line_ids.filtered(
            lambda one, name=name: one.product_id == stage.part(name)
        )
        line.write({field: quantity, "note": note})
    receipt.action_confirm()


def _invoice(stage, dealer, amount):
    move = stage.model("account.move", "accountant").create(
        {
            "move_type": "out_invoice",
            "partner_id": stage.ref(f"partner_{dealer}").id,
            "invoice_payment_term_id": False,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": "Machines and spare parts",
                        "quantity": 1,
                        "price_unit": amount,
                        "tax_ids": [
                            Command.set(stage.env.company.account_sale_tax_id.ids)
                        ],
                    }
                )
            ],
        }
    )
    move.action_post()
