"""Jobs out of the ordinary: parts asked for, checked and redone, handed over."""

from odoo.fields import Command

from . import company, service

# where the telephone of the dealer's technician says that it is
PLACES = {
    "north": {"latitude": 41.8057, "longitude": 123.4315, "accuracy": 12},
    "east": {"latitude": 31.2989, "longitude": 120.5853, "accuracy": 9},
}


def work(stage):
    _ask_for_parts(stage)
    _forget_parts(stage)
    company.set_demands(stage, active=True)
    _check_and_hand_over(stage)


def _visit(stage, dealer, card, fault, ago):
    """The repair record of a technician who came to the machine."""
    day = stage.days_ago(ago)
    with stage.on(day, 0, 20):
        case = service.take_call(stage, dealer, card, fault)
        service.assess(stage, dealer, case, fault)
        job = service.plan_visit(stage, dealer, case, day)
    with stage.on(day, 1):
        job = service.accept(stage, dealer, job)
    with stage.on(day, 2, 10):
        job.action_check_in(
            {"latitude": 41.8057, "longitude": 123.4315, "accuracy": 12}
        )
        job.action_onsite_repair()
    return job.repair_ids


def _request(stage, dealer, repair, parts):
    """Asked for by the technician, approved by his manager, issued by the agent."""
    requisition = stage.model("aftersales.parts.requisition", f"{dealer}_tech").create(
        {
            "repair_id": repair.id,
            "line_ids": [
                Command.create(
                    {"product_id": stage.part(name).id, "quantity": quantity}
                )
                for name, quantity in parts.items()
            ],
        }
    )
    requisition.action_submit()
    if requisition.state == "submitted":
        stage.as_user(f"{dealer}_manager", requisition).action_approve()
    stage.as_user(f"{dealer}_agent", requisition).action_issue_all()
    return requisition


def _ask_for_parts(stage):
    """Two belts taken along, one used, one brought back; the campaign done, too."""
    card = service.get_cards(stage, "north").filtered(
        lambda one: one.product_id == stage.ref("product_tractor")
    )[:1]
    fault = service.get_fault(stage, card, 0)
    repair = _visit(stage, "north", card, fault, 14)
    with stage.on(stage.days_ago(14), 2, 30):
        parts = {fault[2]: 1, "fan_belt": 2}
        requisition = _request(stage, "north", repair, parts)
    with stage.on(stage.days_ago(14), 3, 40):
        belt = requisition.line_ids.filtered(
            lambda line: line.product_id == stage.part("fan_belt")
        )
        belt.used = 1
        repair.campaign_ids = repair.open_campaign_ids
        service.finish(stage, "north", repair, fault, parts=[])
    with stage.on(stage.days_ago(14), 8):
        _bring_back(stage, requisition)
        service.close(stage, "north", repair.ticket_id)


def _bring_back(stage, requisition):
    action = requisition.action_return()
    wizard = stage.model(action["res_model"], "north_tech")
    wizard.with_context(**action["context"]).create({}).action_apply()
    tags = requisition.old_part_ids
    agent = stage.as_user("north_agent", requisition)
    if tags:
        agent.scan = "\n".join(tags.mapped("name"))
        agent.action_hand_in()
    agent.action_write_off()


def _forget_parts(stage):
    """A compressor taken along three weeks ago that nobody has accounted for."""
    card = service.get_cards(stage, "east").filtered(
        lambda one: one.product_id == stage.ref("product_aircon")
    )[-1:]
    repair = _visit(stage, "east", card, service.get_fault(stage, card, 0), 21)
    with stage.on(stage.days_ago(21), 2, 40):
        _request(stage, "east", repair, {"compressor": 1})


def _check_and_hand_over(stage):
    """An old tractor, charged: quoted, done, found leaking, done again, delivered."""
    card = service.get_cards(stage, "north").filtered(
        lambda one: one.product_id == stage.ref("product_tractor")
    )[-1:]
    fault = service.get_fault(stage, card, 2)
    repair = _visit(stage, "north", card, fault, 3)
    with stage.on(stage.days_ago(3), 3):
        _prove(stage, repair)
        repair.campaign_ids = repair.open_campaign_ids
        service.write_work(stage, "north", repair, fault)
        _pass(stage, repair, "north_tech")
    with stage.on(stage.days_ago(3), 6):
        _fail(stage, repair, "north_manager")
    with stage.on(stage.days_ago(2), 1):
        _pass(stage, repair, "north_tech")
    with stage.on(stage.days_ago(2), 2):
        _pass(stage, repair, "north_manager")
        repair.action_finish()
    with stage.on(stage.days_ago(2), 6):
        service.close(stage, "north", repair.ticket_id)
        _hand_over(stage, repair)


def _prove(stage, repair):
    """Checks answered and photos taken, as the telephone asks for them."""
    repair.answer_ids.action_yes()
    for photo in repair.photo_ids.filtered("required"):
        photo.image = service.draw(stage, (640, 480), (208, 216, 204))


def _get_open_check(stage, repair, user):
    # sudo: other people's levels are hidden; the open one is his to decide
    checks = stage.as_user(user, repair.sudo().quality_check_ids)
    return checks.filtered(lambda check: check.state == "open")


def _pass(stage, repair, user):
    check = _get_open_check(stage, repair, user)
    check.item_ids.action_good()
    check.action_pass()


def _fail(stage, repair, user):
    check = _get_open_check(stage, repair, user)
    check.item_ids.action_good()
    check.item_ids[-1:].action_bad()
    defect = stage.env.ref("aftersales_quality.quality_defect_q30")
    check.write(
        {
            "defect_ids": [Command.set(defect.ids)],
            "redo": "皮带张紧不足，带载打滑：重新张紧到规定值并试机十分钟。",
        }
    )
    check.action_fail()


def _hand_over(stage, repair):
    """Paid, explained, signed for; the next service is set."""
    quotation = stage.env["aftersales.quotation"].search(
        [("repair_id", "=", repair.id), ("state", "=", "accepted")]
    )
    if quotation:
        stage.model("aftersales.quotation.bill", "north_agent").create(
            {
                "quotation_id": quotation.id,
                "ref": f"FP{stage.days_ago(2):%Y%m%d}88",
                "is_paid": True,
            }
        ).action_apply()
    action = stage.as_user("north_agent", repair).action_deliver()
    delivery = stage.model("aftersales.delivery", "north_agent").browse(
        action["res_id"]
    )
    delivery.write(
        {
            "work_done": "更换风扇皮带并按规定值张紧，带载试机正常。",
            "advice": "工作五十小时后检查一次皮带张力。",
            "is_explained": True,
            "is_tested": True,
            "is_handed": True,
            "received_by": repair.partner_id.name,
            "signature": service.sign(stage),
        }
    )
    delivery.action_deliver()
