"""SQL queries of each list of ours with one row and with many: equal means no N+1."""

from lxml import etree

SECTION = "SQL queries per list"
LIMIT = 80
PREFIX = "aftersales"


def run(env, report, _options):
    failures = 0
    for action in _get_actions(env):
        model = env[action.res_model]
        if not model.has_access("read") or model.is_transient():
            continue
        view = action.view_ids.filtered(lambda v: v.view_mode == "list").view_id
        arch = model.get_view(view.id or None, "list")["arch"]
        specification = _get_specification(model, arch)
        total = model.search_count([])
        if total < 2:
            report.add(SECTION, f"{action.name} ({model._name})", f"{total} rows")
            continue
        one = _count(env, model, specification, 1)
        many = _count(env, model, specification, LIMIT)
        rows = min(total, LIMIT)
        failures += many > one
        report.add(
            SECTION,
            f"{action.name} ({model._name}), 1 and {rows} rows",
            f"{one} and {many}",
            "equal",
            many <= one,
        )
    return failures


def _get_actions(env):
    """Actions of our addons that open a list, one for each model and view."""
    data = env["ir.model.data"].search(
        [("model", "=", "ir.actions.act_window"), ("module", "=like", f"{PREFIX}%")],
        order="module, name",
    )
    seen = set()
    found = []
    for action in env["ir.actions.act_window"].browse(data.mapped("res_id")).exists():
        view = action.view_ids.filtered(lambda v: v.view_mode == "list").view_id
        key = (action.res_model, view.id)
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


def _count(env, model, specification, limit):
    """Queries of one request, the caches of other requests warm, of records cold."""
    for _attempt in range(2):
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        model.web_search_read([], specification, limit=limit)
        count = env.cr.sql_log_count - before
    return count
