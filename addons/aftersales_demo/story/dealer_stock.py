"""The dealers' own shelves: levels, a count with differences, a month."""


def keep(stage):
    _set_levels(stage)
    _count(stage)
    _close_month(stage)


def _set_levels(stage):
    """Each agent asks for proposals; the careful dealer takes them over."""
    with stage.on(stage.days_ago(1), 1):
        for dealer in ("north", "east", "west"):
            stage.model("aftersales.parts.level", f"{dealer}_agent").action_propose()
        stage.model("aftersales.parts.level", "north_agent").search([]).action_accept()


def _count(stage):
    """North counts: a filter is missing, a belt was found again."""
    with stage.on(stage.days_ago(5), 1):
        count = stage.model("aftersales.parts.count", "north_agent").create({})
        count.action_start()
    with stage.on(stage.days_ago(5), 6):
        for part, difference, reason in (
            ("fuel_filter", -3, "unrecorded"),
            ("fan_belt", 1, "found"),
        ):
            line = count.line_ids.filtered(
                lambda one, part=part: one.product_id == stage.part(part)
            )
            line.write(
                {
                    "counted": line.expected + difference,
                    "reason_id": stage.env.ref(
                        f"aftersales_parts_stock.count_reason_{reason}"
                    ).id,
                }
            )
        count.action_count_as_expected()
        count.action_submit()
    with stage.on(stage.days_ago(4), 2):
        stage.as_user("north_manager", count).action_approve()
    with stage.on(stage.today, 0, 40):
        stage.model("aftersales.parts.count", "east_agent").create({}).action_start()


def _close_month(stage):
    """Last month's figures of the company and its dealers; what is open is named."""
    with stage.on(stage.today, 0, 50):
        period = stage.model("aftersales.parts.period", "keeper").create({})
        period.action_refresh()
