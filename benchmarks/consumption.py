"""Consumption of parts: 100,000 rows grouped, listed, and searched for outliers."""

import statistics
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from .suite import Clock, interleave, median_ratio

SECTION = "Consumption of parts"
DEALERS = 100
MODELS = 20
PARTS = 500
MACHINES = 10  # of a model, with a dealer
LINES = 4  # parts of a repair
PAGE = 80
COLUMNS = ("date", "dealer_id", "machine_id", "part_id", "quantity", "amount")


def run(env, report, options):
    rows = options["rows"] * 10  # 100,000 by default
    repeat = max(options["repeat"], 5)
    first = _fill(env, rows)
    _pivot(env, report, repeat, rows, first)
    _page(env, report, repeat, rows)
    _outliers(env, report, repeat, rows)
    _turnover(env, report, rows)
    env.cr.rollback()
    env.invalidate_all()


def _time(work):
    with Clock() as clock:
        work()
    return clock.seconds


def _count_queries(env, work):
    env.invalidate_all()
    before = env.cr.sql_log_count
    work()
    return env.cr.sql_log_count - before


# GROUPING


def _pivot(env, report, repeat, rows, first):
    """Pieces and amounts by part and month, as the pivot asks for them."""
    domain = [("repair_id", ">=", first)]

    def group():
        return _group(env, domain)

    def bare():
        return _group_bare(env, first)

    if group() != bare():
        raise AssertionError("pivot and bare SQL differ")
    times = interleave(
        repeat, {"pivot": lambda: _time(group), "bare": lambda: _time(bare)}
    )
    ratio = median_ratio(times["pivot"], times["bare"])
    report.add(
        SECTION,
        f"parts by months of {rows:,} rows, over a bare GROUP BY of the tables"
        f" ({statistics.median(times['bare']):.2f} s)",
        f"{ratio:.2f}x ({statistics.median(times['pivot']):.2f} s),"
        f" {_count_queries(env, group)} queries",
        "<= 1.5x",
        ratio <= 1.5,
    )


def _group(env, domain):
    env.invalidate_all()
    found = env["aftersales.parts.consumption"]._read_group(
        domain, ["part_id", "date:month"], ["quantity:sum", "amount:sum"]
    )
    return {
        (part.id, month.strftime("%Y-%m")): (pieces, float(amount))
        for part, month, pieces, amount in found
    }


def _group_bare(env, first):
    found = env.execute_query(
        SQL(
            """SELECT move.product_id,
                      TO_CHAR(repair.finished_at AT TIME ZONE 'UTC'
                              AT TIME ZONE %s, 'YYYY-MM'),
                      SUM(move.quantity),
                      SUM(ROUND((move.quantity * move.dealer_price)::numeric, 2))
                 FROM stock_move move
                 JOIN repair_order repair ON repair.id = move.repair_id
                WHERE move.state = 'done' AND move.repair_line_type = 'add'
                  AND repair.state = 'done' AND repair.ticket_id IS NOT NULL
                  AND repair.id >= %s
             GROUP BY 1, 2""",
            env.context.get("tz") or env.user.tz or "UTC",
            first,
        )
    )
    return {
        (part, month): (pieces, float(amount)) for part, month, pieces, amount in found
    }


def _page(env, report, repeat, rows):
    """The newest rows, of all dealers and of one."""
    consumption = env["aftersales.parts.consumption"]
    dealer = env["aftersales.dealer"].search([], limit=1, order="id desc")

    def read(domain, limit=PAGE):
        env.invalidate_all()
        found = consumption.search_fetch(domain, COLUMNS, limit=limit)
        return found.read(COLUMNS)

    own = [("dealer_id", "=", dealer.id)]
    if len(read([])) != PAGE or not read(own):
        raise AssertionError("the page is not full")
    times = interleave(
        repeat,
        {
            "all": lambda: _time(lambda: read([])),
            "own": lambda: _time(lambda: read(own)),
        },
    )
    few, many = (
        _count_queries(env, lambda limit=limit: read([], limit)) for limit in (1, PAGE)
    )
    report.add(
        SECTION,
        f"newest page of {PAGE} of {rows:,} rows, all dealers and one",
        f"{statistics.median(times['all']) * 1000:.0f} ms and"
        f" {statistics.median(times['own']) * 1000:.0f} ms",
    )
    report.add(
        SECTION,
        f"SQL queries of a page of 1 and {PAGE} rows",
        f"{few} and {many}",
        "equal",
        few == many,
    )


# FIGURES


def _outliers(env, report, repeat, rows):
    """Finding them, against adding up use and machines and no more."""
    company = env.company
    company.aftersales_analysis_days = 360
    first, last = company._get_parts_window()
    outliers = env["aftersales.parts.outlier"]

    def find():
        return outliers._find(company, "dealer", first, last)

    def add_up():
        env.execute_query(outliers._get_used_sql(company, "dealer", first, last, None))
        env.execute_query(outliers._get_owned_sql(company, "dealer", first, last))

    found = find()
    times = interleave(
        repeat, {"find": lambda: _time(find), "add up": lambda: _time(add_up)}
    )
    ratio = median_ratio(times["find"], times["add up"])
    report.add(
        SECTION,
        f"outliers among {DEALERS} dealers × {PARTS} parts, {rows:,} rows, over adding"
        f" up use and machines ({statistics.median(times['add up']):.2f} s)",
        f"{ratio:.2f}x ({statistics.median(times['find']):.2f} s), {len(found)} found",
        "<= 3x",
        ratio <= 3,
    )
    outliers._recompute(company)
    again = _count_queries(env, lambda: (outliers._recompute(company), env.flush_all()))
    report.add(
        SECTION,
        f"SQL queries of looking again, {len(found)} rows as they were",
        f"{again}",
        "<= 60",
        again <= 60,
    )


def _turnover(env, report, rows):
    """Counting the stock figures of all dealers."""
    turnover = env["aftersales.parts.turnover"]
    seconds = _time(lambda: turnover._recompute(env.company))
    queries = _count_queries(env, lambda: turnover._recompute(env.company))
    lines = turnover.search_count([("company_id", "=", env.company.id)])
    report.add(
        SECTION,
        f"counting turnover and dead stock of {lines:,} parts of dealers",
        f"{seconds:.1f} s, {queries} queries",
        "<= 60 queries",
        queries <= 60,
    )


# DATA


def _fill(env, rows):
    """``rows`` used parts over a year, written by SQL as the years would leave them.

    :return: id of the first repair record
    """
    dealers = _create_dealers(env)
    category = env["product.category"].search([], limit=1).id
    machines = env["product.product"].create(
        [
            {
                "name": f"Bench machine {n}",
                "is_storable": True,
                "tracking": "serial",
                "is_machine": True,
                "categ_id": category,
            }
            for n in range(MODELS)
        ]
    )
    parts = env["product.product"].create(
        [{"name": f"Bench part {n}", "is_storable": True} for n in range(PARTS)]
    )
    env.flush_all()
    _fill_park(env, dealers, machines)
    first = _fill_repairs(env, rows // LINES, dealers, machines)
    _fill_moves(env, rows, first, parts)
    for table in ("stock_move", "repair_order", "aftersales_warranty_card"):
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    return first


def _create_dealers(env):
    partners = env["res.partner"].create(
        [{"name": f"Bench dealer {n}"} for n in range(DEALERS)]
    )
    return env["aftersales.dealer"].create(
        [
            {"code": f"BENCH{n}", "partner_id": partner.id}
            for n, partner in enumerate(partners)
        ]
    )


def _fill_park(env, dealers, machines):
    """Ten machines of each model with each dealer."""
    env.cr.execute(
        """
        WITH lot AS (
            INSERT INTO stock_lot (name, product_id)
            SELECT 'BENCH-' || machine_id || '-' || dealer_id || '-' || n, machine_id
              FROM UNNEST(%(machines)s) machine_id, UNNEST(%(dealers)s) dealer_id,
                   GENERATE_SERIES(1, %(number)s) n
         RETURNING id, name, product_id)
        INSERT INTO aftersales_warranty_card (
               name, serial, lot_id, product_id, dealer_id, company_id, sale_date,
               state)
        SELECT lot.name, lot.name, lot.id, lot.product_id,
               SPLIT_PART(lot.name, '-', 3)::int, %(company)s, '2020-01-01', 'active'
          FROM lot
        """,
        {
            "machines": machines.ids,
            "dealers": dealers.ids,
            "number": MACHINES,
            "company": env.company.id,
        },
    )


def _fill_repairs(env, count, dealers, machines):
    """Copies of a finished repair record, over a year; the id of the first."""
    [pattern] = env["repair.order"].search(
        [("state", "=", "done"), ("ticket_id", "!=", False)], limit=1
    )
    env.cr.execute(
        """
        WITH copied AS (
            INSERT INTO repair_order
            SELECT (JSONB_POPULATE_RECORD(repair, JSONB_BUILD_OBJECT(
                       'id', NEXTVAL('repair_order_id_seq'),
                       'name', 'BENCH' || n,
                       'dealer_id', (%(dealers)s)[1 + n %% %(dealer_count)s],
                       'product_id', (%(machines)s)[1 + n / 7 %% %(machine_count)s],
                       'company_id', %(company)s,
                       'finished_at', %(now)s::timestamp
                           - n * interval '1 minute' * 500000 / %(count)s))).*
              FROM repair_order repair, GENERATE_SERIES(1, %(count)s) n
             WHERE repair.id = %(pattern)s
         RETURNING id)
        SELECT MIN(id) FROM copied
        """,
        {
            "dealers": dealers.ids,
            "dealer_count": len(dealers),
            "machines": machines.ids,
            "machine_count": len(machines),
            "company": env.company.id,
            "now": fields.Datetime.now() - timedelta(days=1),
            "count": count,
            "pattern": pattern.id,
        },
    )
    return env.cr.fetchone()[0]


def _fill_moves(env, rows, first, parts):
    """Four used parts a repair; one in 17 repairs takes the first part."""
    unit = parts[0].uom_id.id
    env.cr.execute(
        """
        INSERT INTO stock_move
        SELECT (JSONB_POPULATE_RECORD(move, JSONB_BUILD_OBJECT(
                   'id', NEXTVAL('stock_move_id_seq'),
                   'product_id', CASE WHEN n / %(lines)s %% 17 = 0
                       AND n %% %(lines)s = 0 THEN %(first_part)s
                       ELSE (%(parts)s)[1 + n * 7919 %% %(part_count)s] END,
                   'repair_id', %(first)s + n / %(lines)s,
                   'repair_line_type', 'add', 'state', 'done',
                   'product_uom', %(unit)s, 'quantity', 1 + n %% 3,
                   'dealer_price', 10 + n %% 90))).*
          FROM stock_move move, GENERATE_SERIES(0, %(rows)s - 1) n
         WHERE move.id = (SELECT MIN(id) FROM stock_move)
        """,
        {
            "lines": LINES,
            "first_part": parts[0].id,
            "parts": parts.ids,
            "part_count": len(parts),
            "first": first,
            "unit": unit,
            "rows": rows // LINES * LINES,
        },
    )
