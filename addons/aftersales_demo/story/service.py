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
        cards = get_cards(stage, dealer)
        for number, ago in enumerate(days):
            card = cards[number % len(cards)]
            case = _repair_one(stage, dealer, card, ago, number)
            _ask_customer(stage, dealer, case, ago, number)
        _leave_open(stage, dealer, cards)


def get_cards(stage, dealer):
    return stage.env["aftersales.warranty.card"].search(
        [
            ("dealer_id", "=", stage.ref(f"dealer_{dealer}").id),
            ("state", "=", "active"),
            ("sale_date", "<=", stage.days_ago(80)),
        ],
        order="sale_date desc",
    )


def get_fault(stage, card, number):
    for machine, faults in FAULTS.items():
        if card.product_id == stage.ref(f"product_{machine}"):
            return faults[number // 2 % len(faults)]
    return None


def take_call(stage, dealer, card, fault, case_type="repair"):
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


def assess(stage, dealer, case, fault, **vals):
    """The standard form of the acceptance: how bad, what part, who acts."""
    assessment = stage.as_user(f"{dealer}_agent", case).assessment_ids
    assessment.write({"level": "2", "part_id": stage.part(fault[2]).id, **vals})
    assessment.action_assess()


def plan_visit(stage, dealer, case, day, hour=2):
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


def accept(stage, dealer, job):
    job.action_send()
    job = stage.as_user(f"{dealer}_tech", job)
    job.action_accept()
    return job


def _repair_one(stage, dealer, card, ago, number):
    day = stage.days_ago(ago)
    fault = get_fault(stage, card, number)
    with stage.on(day, 0, 20):
        case = take_call(stage, dealer, card, fault)
        assess(stage, dealer, case, fault)
        job = plan_visit(stage, dealer, case, day)
    with stage.on(day, 1):
        job = accept(stage, dealer, job)
    with stage.on(day, 2, 10):
        job.action_arrive()
        job.action_create_repair()
    with stage.on(day, 3, 40):
        finish(stage, dealer, job.repair_ids, fault)
    with stage.on(day, 8):
        close(stage, dealer, case)
    return case


def finish(stage, dealer, repair, fault, **vals):
    write_work(stage, dealer, repair, fault, **vals)
    repair.action_finish()


def write_work(stage, dealer, repair, fault, parts=None):
    """Parts, labour and travel; quoted where it is charged, signed by the customer.

    :param parts: names of the parts used; the fault's own when not given
    """
    _symptom, cause, part, operation, _complaint = fault
    repair.write(
        {
            "cause_id": stage.env.ref(f"aftersales_service.fault_{cause}").id,
            "action_id": stage.env.ref("aftersales_service.fault_a10").id,
            "travel_km": TRAVEL[dealer],
            "move_ids": [
                Command.create(
                    {"product_id": stage.part(name).id, "product_uom_qty": 1}
                )
                for name in ([part] if parts is None else parts)
            ],
            "labour_ids": [
                Command.create({"operation_id": stage.ref(f"operation_{operation}").id})
            ],
        }
    )
    let_accept(stage, dealer, repair)
    repair.write(
        {"customer_signature": sign(stage), "signed_by": repair.partner_id.name}
    )


def close(stage, dealer, case):
    stage.as_user(f"{dealer}_agent", case).action_close()


def let_accept(stage, dealer, repair):
    """What the warranty does not cover is quoted, and agreed to on the phone."""
    if repair.charge_hint:
        action = stage.as_user(f"{dealer}_agent", repair).action_quote()
        quotations = stage.env["aftersales.quotation"].browse(action["res_id"])
        quotation = stage.as_user(f"{dealer}_agent", quotations)
        quotation.action_send()
        quotation._accept("phone", repair.partner_id.name)


def sign(stage):
    """A scribble, as a finger leaves it on the screen."""
    return draw(stage, (300, 90), (255, 255, 255, 0))


def draw(stage, size, ground):
    """A picture with a line through it, as PNG.

    :param tuple size: width and height in pixels
    :param tuple ground: colour of the paper
    """
    image = Image.new("RGBA" if len(ground) == 4 else "RGB", size, ground)
    width, height = size
    points = [
        (
            width * (2 + step) // 23,
            height // 2 + stage.random.randint(-height // 3, height // 3),
        )
        for step in range(20)
    ]
    ImageDraw.Draw(image).line(points, fill=(20, 30, 90), width=3)
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
    with stage.on(stage.days_ago(1), 6):
        take_call(stage, dealer, cards[1], get_fault(stage, cards[1], 0), "complaint")
        take_call(
            stage, dealer, cards[2], get_fault(stage, cards[2], 2), "consultation"
        )
        if dealer == "north":
            _call_for_help(stage, cards[6])
    with stage.on(stage.today, 0, 10):
        take_call(stage, dealer, cards[3], get_fault(stage, cards[3], 2))
        _plan_today(stage, dealer, cards[4], 6).action_send()
        visit = _plan_today(stage, dealer, cards[5], 1)
        visit = accept(stage, dealer, visit)
        visit.action_arrive()
        visit.action_create_repair()


def _plan_today(stage, dealer, card, hour):
    """A job of today for a case that was taken down and assessed just now."""
    fault = get_fault(stage, card, 0)
    case = take_call(stage, dealer, card, fault)
    assess(stage, dealer, case, fault)
    return plan_visit(stage, dealer, case, stage.today, hour)


def _call_for_help(stage, card):
    """A fault that nobody knows: the technical department acts."""
    fault = ("s20", "", "clutch_disc", "", "正常作业中控制单元反复重启，已换保险无效")
    case = take_call(stage, "north", card, fault)
    assess(
        stage,
        "north",
        case,
        fault,
        level="1",
        is_unusual=True,
        unusual_reason="三天内重启四次，无故障码，手册中没有此现象。",
    )
