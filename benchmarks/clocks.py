"""100,000 cases: the desk's screens and the scheduled job of the clocks.

The database of the run gets some open cases and many settled ones, each with its
clocks. What a screen asks for must take as many queries as with 100 cases, and a due
clock must cost the same whatever lies settled beside it.
"""

import statistics
from datetime import timedelta

from odoo import fields

from .suite import Clock

SECTION = "Clocks of 100,000 cases"
CASES = 100_000
FEW = 1_000
FIRST = 100
DUE = 50
PAGE = 80
MODEL = "helpdesk.ticket"
# screens of the desk: (name, action, kind of view, grouped by)
SCREENS = (
    ("case list", "aftersales_service.helpdesk_ticket_action", "list", None),
    ("board", "aftersales_sla.helpdesk_ticket_action_board", "kanban", "stage_id"),
    ("late list", "aftersales_sla.helpdesk_ticket_action_late", "list", "dealer_id"),
)


def run(env, report, options):
    if "next_deadline" not in env[MODEL]._fields:
        report.add(SECTION, "all", "aftersales_sla is not installed")
        return
    cases = min(CASES, 10 * options["rows"])
    _quieten(env)
    source = _create_settled_case(env)
    _multiply(env, source, FIRST)
    few = _count_screens(env)
    _multiply(env, source, FEW - FIRST)
    cron_few = _time_cron(env, options["repeat"])
    _multiply(env, source, cases - FEW)
    cron_many = _time_cron(env, options["repeat"])
    many = _count_screens(env)
    for name, queries in few.items():
        report.add(
            SECTION,
            f"queries of the {name}, {FIRST} and {cases:,} settled cases",
            f"{queries[0]} and {many[name][0]}",
            "equal",
            many[name][0] == queries[0],
        )
    for name, (_queries, seconds) in many.items():
        was = few[name][1]
        figure = f"{name}: time with {cases:,} against {FIRST} settled cases"
        found = f"{seconds / was:.2f} ({seconds * 1000:.0f} ms)"
        goal = ("≤ 1.15", seconds / was <= 1.15) if name == "case list" else ()
        report.add(SECTION, figure, found, *goal)
    ratio = cron_many[0] / cron_few[0]
    report.add(
        SECTION,
        f"job per due case: time with {cases:,} against {FEW:,} settled cases",
        f"{ratio:.2f} ({cron_many[0] * 1000:.1f} ms)",
        "≤ 1.20",
        ratio <= 1.2,
    )
    report.add(
        SECTION,
        f"job, {DUE} due cases: queries with {FEW:,} and {cases:,} settled cases",
        f"{cron_few[1]} and {cron_many[1]}",
        "equal",
        cron_few[1] == cron_many[1],
    )


def _quieten(env):
    """Cases of the demonstration that are due would be measured, too."""
    env.cr.execute("UPDATE aftersales_sla_clock SET next_event_at = NULL")
    env["aftersales.sla.policy"].search([]).date_from = False
    env.invalidate_all()


def _prepare_case_vals(env, number):
    return {
        "name": f"Benchmark {number}",
        "description": "Does not start",
        "partner_name": f"Customer {number % 500}",
        "case_type_id": env.ref("aftersales_service.case_type_consultation").id,
        "dealer_id": env["aftersales.dealer"].search([], limit=1).id,
    }


def _create_settled_case(env):
    case = env[MODEL].create(_prepare_case_vals(env, 0))
    case.resolution = "Explained"
    case.action_resolve()
    case.action_close()
    env.flush_all()
    return case


def _multiply(env, source, number):
    """That many copies of a settled case with its clocks, straight in the tables.

    Each month has its share, as in a desk that has run for years.
    """
    cr = env.cr
    cr.execute("SELECT COALESCE(MAX(id), 0) FROM helpdesk_ticket")
    [last] = cr.fetchone()
    tickets = _get_columns(env, "helpdesk_ticket", {"id", "number", "reported_at"})
    cr.execute(
        f"INSERT INTO helpdesk_ticket (id, number, reported_at, {tickets}) "
        f"SELECT %(last)s + n, 'BENCH' || (%(last)s + n), "
        f"reported_at - n %% 1500 * interval '1 day', {tickets} "
        "FROM helpdesk_ticket, generate_series(1, %(number)s) n WHERE id = %(id)s",
        {"last": last, "number": number, "id": source.id},
    )
    clocks = _get_columns(env, "aftersales_sla_clock", {"id", "ticket_id"})
    cr.execute(
        f"INSERT INTO aftersales_sla_clock (ticket_id, {clocks}) "
        f"SELECT %(last)s + n, {clocks} "
        "FROM aftersales_sla_clock, generate_series(1, %(number)s) n "
        "WHERE ticket_id = %(id)s",
        {"last": last, "number": number, "id": source.id},
    )
    cr.execute("SELECT setval('helpdesk_ticket_id_seq', MAX(id)) FROM helpdesk_ticket")
    cr.execute("ANALYZE helpdesk_ticket, aftersales_sla_clock")
    env.invalidate_all()


def _get_columns(env, table, without):
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = current_schema ORDER BY ordinal_position",
        [table],
    )
    names = [name for (name,) in env.cr.fetchall() if name not in without]
    return ", ".join(f'"{name}"' for name in names)


# SCREENS


def _count_screens(env):
    """Queries and seconds of each screen: median of five, caches of rows cold."""
    open_cases = env[MODEL].create(
        [_prepare_case_vals(env, number) for number in range(PAGE)]
    )
    env.flush_all()
    asks = {name: _get_page(env, *screen) for name, *screen in SCREENS}
    asks["case form"] = _get_form(env, open_cases[:1])
    asks["wall of clocks"] = env[MODEL].get_clock_wall
    found = {name: _measure(env, ask) for name, ask in asks.items()}
    open_cases.unlink()
    env.flush_all()
    return found


def _measure(env, ask):
    counts, times = [], []
    for _turn in range(6):
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        with Clock() as clock:
            ask()
        counts.append(env.cr.sql_log_count - before)
        times.append(clock.seconds)
    # the first turn fills the caches of the registry
    return counts[-1], statistics.median(times[1:])


def _get_specification(env, view, kind):
    arch = env[MODEL].get_views([(view.id, kind)])["models"][MODEL]["fields"]
    fields_of_view = env[MODEL].get_view(view.id or None, kind)["models"][MODEL]
    return {
        name: {"fields": {"display_name": {}}} if arch[name].get("relation") else {}
        for name in fields_of_view
        if name in arch
    }


def _get_page(env, action, kind, groupby):
    """What the client asks for when the action opens, its groups unfolded."""
    action = env.ref(action)
    views = action.view_ids.filtered(lambda v: v.view_mode == kind).view_id
    view = views or action.view_id.filtered(lambda v: v.type == kind)
    specification = _get_specification(env, view, kind)
    late = [("next_deadline", "<", fields.Datetime.now() + timedelta(days=9))]
    domain = late if groupby == "dealer_id" else [("closed", "=", False)]
    if not groupby:
        return lambda: env[MODEL].web_search_read(domain, specification, limit=PAGE)
    return lambda: env[MODEL].web_read_group(
        domain,
        [groupby],
        ["__count"],
        auto_unfold=True,
        unfold_read_specification=specification,
        unfold_read_default_limit=PAGE,
    )


def _get_form(env, case):
    view = env.ref("aftersales_service.helpdesk_ticket_view_form")
    specification = _get_specification(env, view, "form")
    return lambda: case.web_read(specification)


# THE JOB


def _time_cron(env, repeat):
    """Seconds per due case and queries of the job: medians; cases are made each time.

    The job's commits are left out, so that the turns do not feed on each other.
    """
    seconds, queries = [], []
    for _turn in range(repeat + 1):
        cases = env[MODEL].create(
            [_prepare_case_vals(env, number) for number in range(DUE)]
        )
        late = fields.Datetime.subtract(fields.Datetime.now(), hours=3)
        cases.reported_at = late
        env.flush_all()
        env.invalidate_all()
        clocks = env["aftersales.sla.clock"].sudo()  # as the job has it
        before = env.cr.sql_log_count
        with Clock() as clock:
            due = clocks.search(clocks._get_due_domain(), limit=1000)
            due.try_lock_for_update()._run_due()
            env.flush_all()
        queries.append(env.cr.sql_log_count - before)
        seconds.append(clock.seconds / DUE)
        if due.ticket_id != cases or not due.notice_ids:
            raise AssertionError("the job has not run over the due cases alone")
        cases.unlink()
        env.flush_all()
    # the first turn fills the caches of the registry
    return statistics.median(seconds[1:]), queries[-1]
