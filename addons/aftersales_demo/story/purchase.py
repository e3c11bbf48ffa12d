"""Buying parts: framework prices, orders, a lot inspected, one late, one refused."""

from datetime import datetime, time

from odoo.fields import Command

# part → supplier, framework price, least quantity
AGREED = {
    "hydraulic_pump": ("hydraulics", 1150.0, 5),
    "fan_belt_ii": ("belts", 36.5, 50),
    "fan_belt": ("belts", 29.0, 50),
}


def buy(stage):
    _agree_on_prices(stage)
    with stage.on(stage.days_ago(42)):
        pumps = _order(stage, "hydraulics", "hydraulic_pump", 30, stage.days_ago(30))
    with stage.on(stage.days_ago(31)):
        _inspect(stage, _count_in(stage, pumps), bad=0).action_accept()
        _count_in(stage, pumps)
    with stage.on(stage.days_ago(38)):
        belts = _order(stage, "belts", "fan_belt_ii", 120, stage.days_ago(24))
    with stage.on(stage.days_ago(22)):
        _inspect(stage, _count_in(stage, belts), bad=4).action_reject()
        _count_in(stage, belts)
    _leave_open(stage)


def _agree_on_prices(stage):
    manager, keeper = stage.user("manager"), stage.user("keeper")
    plan = stage.env.ref("aftersales_purchase.sampling_plan_aql_2_5")
    plan.with_user(manager).product_ids = [
        Command.set([stage.part(name).id for name in AGREED])
    ]
    with stage.on(stage.days_ago(180)):
        for name, (supplier, price, least) in AGREED.items():
            seller = (
                stage.env["product.supplierinfo"]
                .with_user(keeper)
                .create(
                    {
                        "partner_id": stage.ref(f"partner_supplier_{supplier}").id,
                        "product_tmpl_id": stage.part(name).product_tmpl_id.id,
                        "price": price,
                        "min_qty": least,
                    }
                )
            )
            seller.with_user(manager).action_designate()


def _order(stage, supplier, part, quantity, wanted, **vals):
    order = stage.model("purchase.order", "keeper").create(
        {
            "partner_id": stage.ref(f"partner_supplier_{supplier}").id,
            "order_line": [
                Command.create(
                    {
                        "product_id": stage.part(part).id,
                        "product_qty": quantity,
                        "date_planned": datetime.combine(wanted, time(4)),
                        **vals,
                    }
                )
            ],
        }
    )
    order.button_confirm()
    return order


def _count_in(stage, order):
    """Validate the receipt; the first time it asks for the inspection of the lot."""
    picking = order.picking_ids.filtered(
        lambda one: one.state not in ("done", "cancel")
    )
    picking = stage.as_user("keeper", picking[:1])
    picking.with_context(skip_backorder=True).button_validate()
    return picking.incoming_inspection_ids


def _inspect(stage, inspection, bad):
    inspection = stage.as_user("inspector", inspection)
    vals = {"inspected": inspection.sample_size}
    if bad:
        vals["defect_ids"] = [
            Command.create(
                {
                    "severity": "major",
                    "description": "接头处开裂",
                    "quantity": bad,
                }
            )
        ]
    inspection.write(vals)
    return inspection


def _leave_open(stage):
    """A lot on the inspector's desk, an order overdue, one dearer than agreed."""
    with stage.on(stage.days_ago(16)):
        again = _order(stage, "belts", "fan_belt_ii", 120, stage.days_ago(3))
    with stage.on(stage.days_ago(1)):
        _count_in(stage, again)
    with stage.on(stage.days_ago(25)):
        late = _order(stage, "hydraulics", "hydraulic_pump", 20, stage.days_ago(10))
    with stage.on(stage.days_ago(12)):
        line = stage.as_user("keeper", late.order_line)
        line.promised_date = stage.days_ago(4)
    with stage.on(stage.days_ago(2)):
        _order(
            stage,
            "hydraulics",
            "hydraulic_pump",
            10,
            stage.today,
            price_unit=1290.0,
        )
