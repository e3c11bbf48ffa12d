"""Old parts, claims and settlements: what the repairs cost, and who bears it."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from .stage import DEALERS

# what the inspector finds: dealer → responsibility and cause of each old part in turn
FINDINGS = {
    "north": [("company", "manufacturing"), ("supplier", "material")],
    "east": [("company", "manufacturing"), ("company", "manufacturing")],
    "west": [("dealer", "repair"), ("company", "manufacturing")],
}
DISPOSITIONS = {"company": "scrap", "supplier": "supplier", "dealer": "scrap"}


def settle(stage):
    month_end = stage.today.replace(day=1) - timedelta(days=1)
    for dealer in DEALERS:
        _return_old_parts(stage, dealer)
    for dealer in DEALERS:
        _claim(stage, dealer, month_end)
    _settle_month(stage, month_end)


def _return_old_parts(stage, dealer):
    """One box per dealer; the newest parts still wait at the dealer's."""
    tags = stage.env["aftersales.old.part"].search(
        [
            ("dealer_id", "=", stage.ref(f"dealer_{dealer}").id),
            ("state", "=", "recovered"),
            ("repair_id.finished_at", "<", stage.days_ago(10)),
        ]
    )
    if not tags:
        return
    with stage.on(stage.days_ago(6)):
        box = stage.model("aftersales.old.part.return", f"{dealer}_agent").create(
            {"carrier": "SF Express", "waybill": f"SF{dealer.upper()}0601"}
        )
        stage.as_user(f"{dealer}_agent", tags).write({"return_id": box.id})
        box.action_ship()
    if dealer == "west":
        _arrive(stage, box, tags, 3)
    else:
        _arrive(stage, box, tags, 4)


def _arrive(stage, box, tags, ago):
    with stage.on(stage.days_ago(ago)):
        box = stage.as_user("keeper", box)
        box.scan = "\n".join(tags.mapped("name"))
        box.action_receive()
    with stage.on(stage.days_ago(ago - 1)):
        dealer = next(d for d in DEALERS if stage.ref(f"dealer_{d}") == box.dealer_id)
        for number, tag in enumerate(tags[:-1] if dealer == "west" else tags):
            _inspect(stage, tag, FINDINGS[dealer][number % 2])


def _inspect(stage, tag, finding):
    responsibility, cause = finding
    stage.model("aftersales.old.part.inspect", "inspector").create(
        {
            "old_part_ids": [Command.set(tag.ids)],
            "finding": "Opened and measured on the bench.",
            "cause": cause,
            "responsibility": responsibility,
            "disposition": DISPOSITIONS[responsibility],
        }
    ).action_apply()


def _claim(stage, dealer, month_end):
    """File what was repaired until last month; later repairs wait under “To Claim”."""
    repairs = stage.env["repair.order"].search(
        [
            ("dealer_id", "=", stage.ref(f"dealer_{dealer}").id),
            ("state", "=", "done"),
            ("is_history", "=", False),
            ("finished_at", "<=", month_end),
        ],
        order="id",
    )
    for repair in repairs:
        day = repair.finished_at.date() + timedelta(days=2)
        with stage.on(day):
            stage.as_user(f"{dealer}_agent", repair).action_create_claim()
            claim = stage.as_user(f"{dealer}_manager", repair.claim_ids)
            claim.action_submit()
    _answer_reviews(stage, dealer)


def _answer_reviews(stage, dealer):
    """The accountant decides what the rules left to him, but for the newest."""
    waiting = stage.env["aftersales.claim"].search(
        [
            ("dealer_id", "=", stage.ref(f"dealer_{dealer}").id),
            ("state", "=", "in_review"),
        ]
    )
    ready = waiting.filtered(
        lambda claim: "pending" not in claim.line_ids.mapped("old_part_status")
    )
    for claim in ready[:-1]:
        with stage.on(stage.days_ago(2)):
            stage.as_user("accountant", claim).action_approve()


def _settle_month(stage, month_end):
    """Last month's notices: one offset, one confirmed, one waiting for its dealer."""
    with stage.on(stage.days_ago(1)):
        run = stage.model("aftersales.settlement.run", "accountant").create(
            {
                "date_from": month_end + relativedelta(day=1),
                "date_to": month_end,
            }
        )
        action = run.action_run()
    settlements = stage.model("aftersales.settlement", "accountant").search(
        action["domain"]
    )
    for settlement in settlements:
        dealer = next(
            d for d in DEALERS if stage.ref(f"dealer_{d}") == settlement.dealer_id
        )
        with stage.on(stage.days_ago(1), 10):
            settlement.action_notify()
        if dealer == "west":
            continue
        with stage.on(stage.today, 1):
            stage.as_user(f"{dealer}_manager", settlement).action_confirm()
        if dealer == "north":
            with stage.on(stage.today, 2):
                settlement.action_offset()
