"""Dealers buy: an order paid and shipped, one to confirm, a plan, a return."""

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from .service import sign


def trade(stage):
    _order_and_pay(stage)
    _plan_the_season(stage)
    _send_back(stage)
    _count_up(stage)


def _order(stage, dealer, parts):
    order = stage.model("aftersales.parts.order", f"{dealer}_agent").create(
        {
            "line_ids": [
                Command.create(
                    {"product_id": stage.part(name).id, "quantity": quantity}
                )
                for name, quantity in parts.items()
            ],
        }
    )
    order.action_submit()
    return order


def _order_and_pay(stage):
    """North's order is with him and signed for; East's waits for the keeper."""
    with stage.on(stage.days_ago(17)):
        order = _order(stage, "north", {"fuel_filter": 20, "clutch_disc": 4})
    keeper = stage.as_user("keeper", order)
    with stage.on(stage.days_ago(16)):
        keeper.action_confirm()
    with stage.on(stage.days_ago(15)):
        _pay(stage, order)
    with stage.on(stage.days_ago(14)):
        # sudo: the delivery behind the order, as the keeper's button opens it
        picking = stage.as_user("keeper", order.sudo().sale_order_id.picking_ids)
        picking.action_assign()
        picking.move_ids.picked = True
        picking.with_context(skip_sms=True).button_validate()
    with stage.on(stage.days_ago(12)):
        _receive(stage, order)
    with stage.on(stage.days_ago(1)):
        _order(stage, "east", {"compressor": 4, "control_board": 6})


def _pay(stage, order):
    # sudo: the invoice behind the order, as the accountant finds it in the books
    invoices = order.sudo().sale_order_id.invoice_ids
    stage.model("account.payment.register", "accountant").with_context(
        active_model="account.move", active_ids=invoices.ids
    ).create({})._create_payments()


def _receive(stage, order):
    # sudo: the receipt behind the order, as the dealer finds it under “Receive”
    receipt = stage.as_user("north_agent", order.sudo().receipt_ids)
    receipt.action_confirm()
    action = receipt.action_sign()
    stage.model(action["res_model"], "north_agent").with_context(
        **action["context"]
    ).create({"signed_by": "李秀英", "signature": sign(stage)}).action_apply()


def _plan_the_season(stage):
    """North has enough by the figures, and wants more for the half-year to come."""
    begin = stage.today + relativedelta(months=2, day=1)
    with stage.on(stage.days_ago(2)):
        season = stage.model("aftersales.parts.season", "manager").create(
            {
                "name": "上半年作业期",
                "month_from": str(begin.month),
                "month_to": str((begin + relativedelta(months=5)).month),
                "factor": 2.0,
            }
        )
        plan = stage.model("aftersales.stocking.plan", "keeper").create(
            {
                "dealer_id": stage.ref("dealer_north").id,
                "season_id": season.id,
                "year": begin.year,
            }
        )
        plan.action_propose()
    with stage.on(stage.days_ago(1)):
        plan = stage.as_user("north_agent", plan)
        plan.line_ids = [
            Command.create({"product_id": stage.part(name).id, "quantity": quantity})
            for name, quantity in {"hydraulic_pump": 6, "clutch_disc": 10}.items()
        ]
        plan.action_submit()


def _send_back(stage):
    """Filters that nobody asks for any more: the keeper has to agree."""
    reason = stage.env.ref("aftersales_parts_return.reason_unsaleable")
    with stage.on(stage.days_ago(1)):
        paper = stage.model("aftersales.parts.return", "north_agent").create(
            {
                "carrier": "SF Express",
                "waybill": "SFN01R0001",
                "line_ids": [
                    Command.create(
                        {
                            "product_id": stage.part("fuel_filter").id,
                            "quantity": 5,
                            "reason_id": reason.id,
                        }
                    )
                ],
            }
        )
        paper.action_submit()


def _count_up(stage):
    """What the nightly jobs find: idle stock, and who uses more than his peers."""
    for name in ("aftersales.parts.turnover", "aftersales.parts.outlier"):
        stage.model(name, "keeper").action_recompute()
