"""Cases: calls, jobs, repairs and what customers said, over half a year."""

import base64
from datetime import datetime, time, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from odoo.fields import Command

# machine, symptom, cause, part, operation, complaint
FAULTS = {
    "tractor": [
        ("s31", "c10", "hydraulic_pump", "hydraulic", "液压提升无力，爬坡时发抖"),
        ("s40", "c30", "fan_belt", "belt", "发动机皮带异响"),
    ],
    "combine": [
        ("s20", "c11", "clutch_disc", "clutch", "作业中突然停机，离合打滑"),
        ("s51", "c10", "cylinder_head", "head", "缸盖渗油"),
    ],
    "aircon": [
        ("s32", "c10", "compressor", "compressor", "不制冷，外机不启动"),
        ("s70", "c22", "control_board", "board", "显示屏报 E6"),
    ],
    "washer": [
        ("s52", "c10", "drain_pump", "pump", "不排水，机底漏水"),
        ("s52", "c30", "door_seal", "seal", "门封漏水"),
    ],
    "suv": [
        ("s10", "c20", "starter_motor", "starter", "冷车无法启动"),
        ("s40", "c30", "brake_pads", "brakes", "刹车异响"),
    ],
    "notebook": [
        ("s11", "c10", "motherboard", "mainboard", "无法开机，指示灯不亮"),
        ("s80", "c10", "display", "display", "屏幕出现竖线"),
    ],
}
# days ago of each finished repair of a dealer
REPAIRED = {
    "north": (75, 68, 61, 54, 47, 40, 33, 26, 19, 12, 6),
    "east": (72, 66, 60, 52, 45, 38, 30, 22, 15, 8, 5),
    "west": (70, 63, 55, 46, 37, 28, 18, 9, 4),
}
# how many kilometres away a dealer's customers are, and how happy they are
TRAVEL = {"north": 46.0, "east": 12.5, "west": 31.0}
SCORES = {"north": "554555", "east": "44354", "west": "32214"}
REGRETS = {
    "1": "Waited three days, the part was not in the van.",
    "2": "The technician came twice for the same fault.",
}


def work(stage):
    for dealer, days in REPAIRED.items():
        cards = _get_cards(stage, dealer)
        for number, ago in enumerate(days):
            card = cards[number % len(cards)]
            case = _repair_one(stage, dealer, card, ago, number)
            _ask_customer(stage, dealer, case, ago, number)
        _leave_open(stage, dealer, cards)


def _get_cards(stage, dealer):
    return stage.env["aftersales.warranty.card"].search(
        [
            ("dealer_id", "=", stage.ref(f"dealer_{dealer}").id),
            ("state", "=", "active"),
            ("sale_date", "<=", stage.days_ago(80)),
        ],
        order="sale_date desc",
    )


def _get_fault(stage, card, number):
    for machine, faults in FAULTS.items():
        if card.product_id == stage.ref(f"product_{machine}"):
            return faults[number // 2 % len(faults)]
    return None


def _take_call(stage, dealer, card, fault, case_type="repair"):
    symptom, _cause, _part, _operation, complaint = fault
    return stage.model("helpdesk.ticket", f"{dealer}_agent").create(
        {
            "case_type_id": stage.env.ref(
                f"aftersales_service.case_type_{case_type}"
            ).id,
            "serial": card.serial,
            "fault_id": stage.env.ref(f"aftersales_service.fault_{symptom}").id,
            "description": complaint,
        }
    )


def _plan(stage, dealer, case, day, hour=2):
    """A draft job for the dealer's technician, two hours from ``hour`` (UTC)."""
    start = datetime.combine(day, time(hour))
    return stage.model("aftersales.dispatch", f"{dealer}_agent").create(
        {
            "ticket_id": case.id,
            "staff_id": stage.ref(f"staff_{dealer}_tech").id,
            "date_start": start,
            "date_end": start + timedelta(hours=2),
        }
    )


def _accept(stage, dealer, job):
    job.action_send()
    job = stage.as_user(f"{dealer}_tech", job)
    job.action_accept()
    return job


def _repair_one(stage, dealer, card, ago, number):
    day = stage.days_ago(ago)
    fault = _get_fault(stage, card, number)
    with stage.on(day, 0, 20):
        case = _take_call(stage, dealer, card, fault)
        job = _plan(stage, dealer, case, day)
    with stage.on(day, 1):
        job = _accept(stage, dealer, job)
    with stage.on(day, 2, 10):
        job.action_arrive()
        job.action_create_repair()
    with stage.on(day, 3, 40):
        _finish(stage, dealer, job.repair_ids, fault)
    with stage.on(day, 8):
        stage.as_user(f"{dealer}_agent", case).action_close()
    return case


def _finish(stage, dealer, repair, fault):
    _symptom, cause, part, operation, _complaint = fault
    customer = repair.partner_id.name
    repair.write(
        {
            "cause_id": stage.env.ref(f"aftersales_service.fault_{cause}").id,
            "action_id": stage.env.ref("aftersales_service.fault_a10").id,
            "travel_km": TRAVEL[dealer],
            "move_ids": [
                Command.create(
                    {"product_id": stage.part(part).id, "product_uom_qty": 1}
                )
            ],
            "labour_ids": [
                Command.create({"operation_id": stage.ref(f"operation_{operation}").id})
            ],
            "customer_signature": _sign(stage),
            "signed_by": customer,
        }
    )
    _let_accept(stage, dealer, repair)
    repair.action_finish()


def _let_accept(stage, dealer, repair):
    """What the warranty does not cover is quoted, and agreed to on the phone."""
    if repair.charge_hint:
        action = stage.as_user(f"{dealer}_agent", repair).action_quote()
        quotations = stage.env["aftersales.quotation"].browse(action["res_id"])
        quotation = stage.as_user(f"{dealer}_agent", quotations)
        quotation.action_send()
        quotation._accept("phone", repair.partner_id.name)


def _sign(stage):
    """A scribble, as a finger leaves it on the screen."""
    image = Image.new("RGBA", (300, 90), (255, 255, 255, 0))
    points = [
        (20 + 13 * step, 45 + stage.random.randint(-28, 28)) for step in range(20)
    ]
    ImageDraw.Draw(image).line(points, fill=(20, 30, 90, 255), width=3)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue())


def _ask_customer(stage, dealer, case, ago, number):
    """The call two days later, as long as that is past."""
    if ago < 4 or number % 2:
        return
    scores = SCORES[dealer]
    score = scores[number // 2 % len(scores)]
    with stage.on(stage.days_ago(ago - 2)):
        stage.model("aftersales.followup", "support").create(
            {"ticket_id": case.id, "score": score, "reason": REGRETS.get(score, "")}
        )


def _leave_open(stage, dealer, cards):
    """Today's desk: a new call, a job on its way, one on site, a question."""
    today = stage.today
    with stage.on(stage.days_ago(1), 6):
        _take_call(stage, dealer, cards[1], _get_fault(stage, cards[1], 0), "complaint")
        _take_call(
            stage, dealer, cards[2], _get_fault(stage, cards[2], 2), "consultation"
        )
    with stage.on(today, 0, 10):
        _take_call(stage, dealer, cards[3], _get_fault(stage, cards[3], 2))
        sent = _plan(
            stage,
            dealer,
            _take_call(stage, dealer, cards[4], _get_fault(stage, cards[4], 0)),
            today,
            6,
        )
        sent.action_send()
        visit = _plan(
            stage,
            dealer,
            _take_call(stage, dealer, cards[5], _get_fault(stage, cards[5], 0)),
            today,
            1,
        )
        visit = _accept(stage, dealer, visit)
        visit.action_arrive()
        visit.action_create_repair()
