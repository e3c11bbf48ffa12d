"""Warranty cards: sold over two years, in every state, by dealers of unlike care."""

from datetime import timedelta

MACHINES = {
    "north": ("tractor", "combine"),
    "east": ("aircon", "washer"),
    "west": ("suv", "notebook"),
}
PREFIX = {
    "tractor": "RT804",
    "combine": "4LZ6",
    "aircon": "KFR35",
    "washer": "XQG10",
    "suv": "LRX5",
    "notebook": "TB14",
}
# days ago of each sale, and after how many days the slip came back
SALES = {
    "north": [
        (700, 6), (520, 9), (420, 5), (330, 12), (300, 8), (240, 4), (200, 10),
        (160, 7), (120, 3), (80, 11), (40, 6), (25, 5),
    ],
    "east": [
        (690, 15), (500, 22), (400, 12), (320, 18), (280, 20), (230, 31), (180, 9),
        (140, 14), (100, 16), (70, 12), (45, 25), (21, 8),
    ],
    "west": [
        (720, 40), (510, 35), (380, 19), (310, 44), (260, 26), (210, 17), (170, 60),
        (130, 28), (90, 20), (60, 33), (42, 21), (24, 19),
    ],
}  # fmt: skip
CUSTOMERS = {
    "north": [
        "丰收农业合作社",
        "金谷家庭农场",
        "高志强",
        "关永福",
        "永丰农机队",
        "徐大海",
    ],
    "east": ["沈美玲", "顾家酒店", "陆晓东", "苏州学府公寓", "钱玉兰", "范志明"],
    "west": ["蜀通物流", "杨雪梅", "天府数码工作室", "罗建军", "何佳", "锦城出租"],
}
CITIES = {"north": "Shenyang", "east": "Suzhou", "west": "Chengdu"}


def register(stage):
    for dealer in MACHINES:
        customers = _create_customers(stage, dealer)
        for number, (sold, returned) in enumerate(SALES[dealer]):
            _register_one(stage, dealer, customers, number, sold, returned)
        _leave_open(stage, dealer, customers)
    _waive_one(stage)


def _create_customers(stage, dealer):
    return stage.model("res.partner", f"{dealer}_agent").create(
        [
            {
                "name": name,
                "phone": f"+86 139 1{index:03d} {2000 + 37 * index}",
                "street": f"{10 + 7 * index} Renmin Road",
                "city": CITIES[dealer],
                "dealer_id": stage.ref(f"dealer_{dealer}").id,
            }
            for index, name in enumerate(CUSTOMERS[dealer], start=1)
        ]
    )


def _create_card(stage, dealer, customer, number, sold):
    machine = MACHINES[dealer][number % 2]
    return stage.model("aftersales.warranty.card", f"{dealer}_agent").create(
        {
            "serial": f"{PREFIX[machine]}-{26001 + 17 * number}",
            "product_id": stage.ref(f"product_{machine}").id,
            "dealer_id": stage.ref(f"dealer_{dealer}").id,
            "partner_id": customer.id,
            "sale_date": stage.days_ago(sold),
            "invoice_ref": f"FP{stage.days_ago(sold):%Y%m%d}{number:02d}",
        }
    )


def _register_one(stage, dealer, customers, number, sold, returned):
    """A sale, its slip back after so many days, confirmed the day after."""
    with stage.on(stage.days_ago(sold)):
        card = _create_card(
            stage, dealer, customers[number % len(customers)], number, sold
        )
    if sold - returned < 0:
        return
    with stage.on(stage.days_ago(sold) + timedelta(days=returned)):
        card.action_submit()
        if sold > 21:
            stage.as_user("support", card).action_activate()


def _leave_open(stage, dealer, customers):
    """What waits today: a draft at the dealer's, a slip to confirm, one sent back."""
    with stage.on(stage.days_ago(3)):
        _create_card(stage, dealer, customers[0], 30, 4)
        submitted = _create_card(stage, dealer, customers[1], 31, 6)
        submitted.action_submit()
        rejected = _create_card(stage, dealer, customers[2], 32, 9)
        rejected.action_submit()
    with stage.on(stage.days_ago(2)):
        stage.as_user("support", rejected).action_reject(
            "The invoice number on the slip cannot be read. Please scan it again."
        )


def _waive_one(stage):
    """One late slip whose lateness the manager forgave."""
    late = stage.env["aftersales.warranty.card"].search(
        [
            ("dealer_id", "=", stage.ref("dealer_east").id),
            ("registration", "=", "late"),
            ("state", "=", "active"),
        ],
        limit=1,
    )
    stage.as_user("manager", late).action_waive_late(
        "Post office closed by flood, receipt seen."
    )
