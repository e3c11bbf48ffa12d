"""The parts ledger with 1,000,000 movements, and handing parts over."""

import statistics
from collections import defaultdict

from odoo.tools import SQL

from odoo.addons.aftersales_parts.tests.random_history import RandomHistory

from .suite import Clock, interleave, median_ratio

SECTION = "Parts ledger"
PARTS = 1000
PAGE = 80
HANDED = 100
HISTORY = 10_000
PAGES = {
    "page": "page of one part",
    "newest": "newest page of all parts and places",
    "quiet": "newest page of a dealer who moves little",
}
COLUMNS = ("date", "product_id", "location_id", "quantity", "reference", "user_id")


def run(env, report, options):
    _measure_pages(env, report, options)
    _hand_over(env, report, options["repeat"])
    _agree_over_history(env, report)


# PAGES


def _measure_pages(env, report, options):
    rows = options["rows"] * 100  # 1,000,000 by default
    pages = {count: _pages(env, report, options, count) for count in (rows // 10, rows)}
    for page, title in PAGES.items():
        growth = pages[rows][page] / pages[rows // 10][page]
        report.add(
            SECTION,
            f"{title}, {rows:,} rows over {rows // 10:,} rows",
            f"{growth:.2f}x",
            "<= 2x",
            growth <= 2,
        )


def _pages(env, report, options, rows):
    """Seconds of each of :data:`PAGES`, as the median of the repetitions."""
    part, place = _fill(env, rows)
    ledger = env["aftersales.parts.ledger"]
    domain = [("product_id", "=", part), ("location_id", "=", place)]
    quiet = [("dealer_id", "=", env["aftersales.dealer"].search([])[-1:].id)]
    times = interleave(
        max(options["repeat"], 5),
        {
            "page": lambda: _time(lambda: _read_page(ledger, domain)),
            "window": lambda: _time(lambda: _read_window(env, part, place)),
            "newest": lambda: _time(lambda: _read_page(ledger, [])),
            "quiet": lambda: _time(lambda: _read_page(ledger, quiet)),
        },
    )
    if _read_page(ledger, domain) != _read_window(env, part, place):
        raise AssertionError("page and window SQL differ")
    seconds = {name: statistics.median(found) for name, found in times.items()}
    ratio = median_ratio(times["page"], times["window"])
    report.add(
        SECTION,
        f"page of one part ({PAGE} rows with balances) of {rows:,} rows,"
        f" over the same by bare window SQL ({seconds['window'] * 1000:.1f} ms)",
        f"{ratio:.2f}x ({seconds['page'] * 1000:.1f} ms)",
        "<= 1.3x",
        ratio <= 1.3,
    )
    for page in ("newest", "quiet"):
        report.add(
            SECTION,
            f"{PAGES[page]} of {rows:,} rows",
            f"{seconds[page] * 1000:.0f} ms",
        )
    if rows == options["rows"] * 100:
        _report_all(env, report, options)
    env.cr.rollback()
    env.invalidate_all()
    return seconds


def _time(work):
    with Clock() as clock:
        work()
    return clock.seconds


def _read_page(ledger, domain):
    """The newest page as the web client gets it: rows, then their balances."""
    ledger.env.invalidate_all()
    found = ledger.search_fetch(domain, [*COLUMNS, "staff_id"], limit=PAGE)
    return [(row.id, row.quantity, row.balance) for row in found]


def _read_window(env, part, place):
    """The same rows, joined to the same papers, by one statement."""
    ledger = env["aftersales.parts.ledger"]
    table = SQL.identifier(ledger._table)
    columns = SQL(", ").join(SQL("page.%s", SQL.identifier(name)) for name in COLUMNS)
    rows = env.execute_query(
        SQL(
            """SELECT page.id, page.quantity, history.balance, page.staff_id, %s
                 FROM (SELECT * FROM %s
                        WHERE product_id = %s AND location_id = %s
                     ORDER BY date DESC, id DESC LIMIT %s) page
                 JOIN (SELECT id, SUM(quantity) OVER (ORDER BY date, id) AS balance
                         FROM %s WHERE product_id = %s AND location_id = %s) history
                   ON history.id = page.id
             ORDER BY page.date DESC, page.id DESC""",
            columns,
            table,
            part,
            place,
            PAGE,
            table,
            part,
            place,
        )
    )
    return [row[:3] for row in rows]


def _report_all(env, report, options):
    """Opening, in, out and closing of every part and place."""
    period = env["aftersales.parts.period"].create(
        {"date_from": "2001-01-01", "date_to": "2001-03-31"}
    )
    table = SQL.identifier("aftersales_parts_ledger")
    times = interleave(
        options["repeat"],
        {
            "report": lambda: _time(
                lambda: env.execute_query(period._get_figures_sql())
            ),
            "window": lambda: _time(
                lambda: env.execute_query(
                    SQL(
                        """SELECT product_id, location_id, MAX(balance)
                             FROM (SELECT product_id, location_id,
                                          SUM(quantity) OVER (
                                              PARTITION BY product_id, location_id
                                                  ORDER BY date, id) AS balance
                                     FROM %s) history
                         GROUP BY product_id, location_id""",
                        table,
                    )
                )
            ),
        },
    )
    ratio = median_ratio(times["report"], times["window"])
    report.add(
        SECTION,
        "figures of a period for all parts, over one window pass of the ledger"
        f" ({statistics.median(times['window']):.2f} s)",
        f"{ratio:.2f}x ({statistics.median(times['report']):.2f} s)",
        "<= 1.5x",
        ratio <= 1.5,
    )


def _fill(env, rows):
    """``rows`` done movements of 1,000 parts between a store and a dealer's place.

    Written by SQL, as years of work would leave them; two ledger rows each would make
    half as many movements do, so every second side lies with the customers.
    """
    part = _create_parts(env)
    dealer = env["aftersales.dealer"].search([], limit=1)
    place = dealer.location_id.id
    customers = env.ref("stock.stock_location_customers").id
    env.cr.execute(
        SQL(
            """INSERT INTO stock_move_line (
                   company_id, product_id, product_uom_id, location_id,
                   location_dest_id, quantity, quantity_product_uom, state, date,
                   move_id, picked, create_uid, write_uid)
               SELECT move.company_id, %s + n %% %s, move.product_uom,
                      CASE WHEN n / %s %% 3 = 2 THEN %s ELSE %s END,
                      CASE WHEN n / %s %% 3 = 2 THEN %s ELSE %s END,
                      1 + n %% 5, 1 + n %% 5, 'done',
                      timestamp '2001-01-01' + n * interval '10 seconds',
                      move.id, true, 1, 1
                 FROM generate_series(0, %s - 1) n,
                      (SELECT * FROM stock_move ORDER BY id LIMIT 1) move""",
            part,
            PARTS,
            PARTS,
            place,
            customers,
            PARTS,
            customers,
            place,
            rows,
        )
    )
    env.cr.execute("ANALYZE stock_move_line")
    return part, place


def _create_parts(env):
    """1,000 stored parts with ids in a row; the first of them."""
    products = env["product.product"].create(
        [{"name": f"Part {n}", "is_storable": True} for n in range(PARTS)]
    )
    if products.ids != list(range(products.ids[0], products.ids[0] + PARTS)):
        raise AssertionError("the parts' ids are not in a row")
    env.flush_all()
    return products.ids[0]


# REAL GOODS


def _agree_over_history(env, report):
    """Ledger, stock and the sum of a random history of 10,000 moves."""
    warehouse = env["stock.warehouse"].search([], limit=1)
    dealers = env["aftersales.dealer"].search([], limit=2)
    store, customers = warehouse.lot_stock_id, env.ref("stock.stock_location_customers")
    products = env["product.product"].create(
        [{"name": f"History {n}", "is_storable": True} for n in range(20)]
    )
    RandomHistory.post(env, [(p, customers, store, 5000) for p in products])
    places = store | dealers.location_id
    history = RandomHistory(20261122, products, places, store, 5000)
    with Clock() as clock:
        for batch in history.draw(HISTORY, customers):
            history.post(env, batch)
    env.flush_all()
    expected = {
        (product, place): quantity
        for (product, place), quantity in history.on_hand.items()
        if quantity and place in places.ids
    }
    for model in ("aftersales.parts.ledger", "stock.quant"):
        found = _sum(env[model], products, places)
        if found != expected:
            wrong = sorted(set(found.items()) ^ set(expected.items()))[:3]
            raise AssertionError(f"{model} differs from the history: {wrong}")
    report.add(
        SECTION,
        f"ledger = stock = history after {HISTORY:,} random moves of"
        f" {len(products)} parts between {len(places)} places",
        f"equal ({clock.seconds:.0f} s)",
        "equal",
        True,
    )
    env.cr.rollback()
    env.invalidate_all()


def _sum(model, products, places):
    groups = model._read_group(
        [("product_id", "in", products.ids), ("location_id", "in", places.ids)],
        ["product_id", "location_id"],
        ["quantity:sum"],
    )
    return {
        (product.id, place.id): quantity
        for product, place, quantity in groups
        if quantity
    }


def _hand_over(env, report, repeat):
    """Issuing a requisition of 100 parts against one batch of 100 bare moves."""
    job = env["aftersales.dispatch"].search([("state", "!=", "cancelled")], limit=1)
    job.sudo().write({"state": "accepted"})
    store = job.dealer_id._get_stock_location()
    products = env["product.product"].create(
        [{"name": f"Handed {n}", "is_storable": True} for n in range(HANDED)]
    )
    quantities = defaultdict(lambda: 1.0)
    for product in products:
        env["stock.quant"]._update_available_quantity(product, store, 1000)

    def issue():
        requisition = env["aftersales.parts.requisition"].create(
            {
                "dispatch_id": job.id,
                "staff_id": job.staff_id.id,
                "line_ids": [(0, 0, {"product_id": p.id}) for p in products],
            }
        )
        requisition.action_submit()
        env.flush_all()
        return _time(lambda: (requisition.action_issue_all(), env.flush_all()))

    def move():
        bag = env["stock.location"]._get_bag(store, job.staff_id)
        batch = [(p, store, bag, quantities[p]) for p in products]
        return _time(lambda: (RandomHistory.post(env, batch), env.flush_all()))

    issue(), move()
    times = interleave(max(repeat, 5), {"issue": issue, "moves": move})
    ratio = median_ratio(times["issue"], times["moves"])
    report.add(
        SECTION,
        f"issuing a requisition of {HANDED} parts, over one batch of {HANDED} bare"
        f" stock moves ({statistics.median(times['moves']):.2f} s)",
        f"{ratio:.2f}x ({statistics.median(times['issue']):.2f} s)",
        "<= 1.1x",
        ratio <= 1.1,
    )
    env.cr.rollback()
    env.invalidate_all()
