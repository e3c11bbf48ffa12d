"""SQL queries of each list of ours with one row and with 80: equal means no N+1."""

from lxml import etree

SECTION = "SQL queries per list"
LIMIT = 80
SAMPLE = 20
PREFIX = "aftersales"


def run(env, report, _options):
    for action in _get_actions(env):
        model = env[action.res_model]
        if not model.has_access("read") or model.is_transient():
            continue
        title = f"{action.name} (`{model._name}`)"
        found = model.search([], limit=LIMIT)
        if not found:
            report.add(SECTION, title, "no rows in this database")
            continue
        arch = model.get_view(_get_list_view(action).id or None, "list")["arch"]
        specification = _get_specification(model, arch)
        # rows differ in what they link: the one row is the richest of the first ones
        one = max(
            _count(env, model, specification, [("id", "=", record.id)])
            for record in found[:SAMPLE]
        )
        _fill_up(env, model, found)
        ids = model.with_context(active_test=False).search([], limit=LIMIT).ids
        many = _count(env, model, specification, [("id", "in", ids)])
        half = _count(env, model, specification, [("id", "in", ids[: LIMIT // 2])])
        env.cr.rollback()
        env.invalidate_all()
        figure = f"{title}, 1 and {len(ids)} rows"
        measured = f"{one} and {many}"
        if many > one:  # no single row links all that the many link together
            measured += f" ({half} with {LIMIT // 2} rows)"
        report.add(SECTION, figure, measured, "equal", many <= max(one, half))


def _get_list_view(action):
    return action.view_ids.filtered(lambda view: view.view_mode == "list").view_id


def _get_actions(env):
    """Actions of our addons that open a list, one for each model and view."""
    data = env["ir.model.data"].search(
        [("model", "=", "ir.actions.act_window"), ("module", "=like", f"{PREFIX}%")],
        order="module, name",
    )
    seen = set()
    found = []
    for action in env["ir.actions.act_window"].browse(data.mapped("res_id")).exists():
        key = (action.res_model, _get_list_view(action).id)
        if "list" in action.view_mode and key not in seen:
            seen.add(key)
            found.append(action)
    return sorted(found, key=lambda action: action.res_model)


def _get_specification(model, arch):
    """What the web client asks for to show this list."""
    fields = {}
    for node in etree.fromstring(arch).iter("field"):
        name = node.get("name")
        if name not in model._fields or node.getparent().tag == "groupby":
            continue
        field = model._fields[name]
        fields[name] = {"fields": {"display_name": {}}} if field.relational else {}
    return fields


def _fill_up(env, model, found):
    """Copies of the rows until there are 80, for this transaction only.

    Numbers and codes repeat, so the constraints against that go; the rollback brings
    them back.
    """
    cr, table = env.cr, model._table
    missing = LIMIT - len(found)
    if missing <= 0 or not model._auto:
        return
    cr.execute(
        "SELECT i.relname, c.conname FROM pg_index x "
        "JOIN pg_class i ON i.oid = x.indexrelid "
        "LEFT JOIN pg_constraint c ON c.conindid = x.indexrelid "
        "AND c.contype IN ('u', 'x') WHERE x.indrelid = %s::regclass "
        "AND (x.indisunique OR x.indisexclusion) AND NOT x.indisprimary",
        [table],
    )
    for index, constraint in cr.fetchall():
        if constraint:
            cr.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')
        else:
            cr.execute(f'DROP INDEX "{index}"')
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = current_schema AND column_name <> 'id'",
        [table],
    )
    columns = ", ".join(f'"{row[0]}"' for row in cr.fetchall())
    copies = -(-missing // len(found))
    cr.execute(
        f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM "{table}" '
        "CROSS JOIN generate_series(1, %s) WHERE id = ANY(%s) LIMIT %s",
        [copies, found.ids, missing],
    )


def _count(env, model, specification, domain):
    """Queries of one request; caches of the registry warm, those of records cold."""
    model = model.with_context(active_test=False)
    for _attempt in range(2):
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        model.web_search_read(domain, specification, limit=LIMIT, count_limit=LIMIT)
        count = env.cr.sql_log_count - before
    return count
