"""Thousands of records as ``create()`` would make them, at the speed of COPY.

The one place with raw SQL that writes business records. The idea: the model itself
makes **one** record, the pilot, by an ordinary ``create()`` with all its defaults,
computed fields, messages and followers. Every further record is the pilot's row with
the columns that differ replaced, sent by COPY, and copies of the pilot's messages and
followers.

So the model stays the source of truth. The caller names the columns that differ and
gives their values, the computed ones included; stored computed fields that depend on a
differing column and are *not* given are recomputed by the ORM afterwards: slower, never
wrong. Tests compare every column of both ways.

Not for records whose creation writes to other records (moves, invoices), and not for
many2many or one2many values.
"""

from itertools import repeat

from .bulk import _to_line, copy_rows


def clone(pilot, columns, rows, derived=(), own_id=None):
    """Make records like ``pilot``.

    :param pilot: record that ``create()`` has just made in this transaction; the caller
        holds the right to create the others too
    :param columns: names of the columns that differ
    :param rows: list of tuples, values in the order of ``columns`` as stored in the
        database (``None`` for an empty value)
    :param derived: names of stored computed fields that are known to be the pilot's for
        every row, though they depend on one of the columns
    :param own_id: name of a column that holds the record's own id
    :return: list of the new ids, in the order of ``rows``
    """
    if not rows:
        return []
    env = pilot.env
    env.flush_all()
    cr = env.cr
    ids = _allocate(cr, pilot._table, len(rows))
    names = ["id", *([own_id] if own_id else []), *columns]
    fixed = _read_fixed(cr, pilot._table, pilot.id, set(names))
    rows = [
        (*repeat(id_, len(names) - len(columns)), *row)
        for id_, row in zip(ids, rows, strict=True)
    ]
    copy_with_fixed(cr, pilot._table, names, fixed, rows)
    _clone_messages(cr, pilot, ids)
    _clone_followers(cr, pilot, ids)
    env.invalidate_all()
    _recompute_rest(pilot, ids, names[1:], derived)
    return ids


def _allocate(cr, table, count):
    """A block of ``count`` ids of ``table``."""
    cr.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [table, count],
    )
    return [row[0] for row in cr.fetchall()]


def _read_fixed(cr, table, record_id, without):
    """Column -> text of what all copies share; empty columns are left out."""
    cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema AND table_name = %s",
        [table],
    )
    names = [row[0] for row in cr.fetchall() if row[0] not in without]
    select = ", ".join(f'"{name}"::text' for name in names)
    cr.execute(f'SELECT {select} FROM "{table}" WHERE id = %s', [record_id])
    values = zip(names, cr.fetchone(), strict=True)
    return {name: text for name, text in values if text is not None}


def copy_with_fixed(cr, table, columns, fixed, rows):
    """COPY rows whose further columns hold the same ``fixed`` texts in each."""
    tail = _to_line(fixed.values()) if fixed else None
    copy_rows(cr, table, [*columns, *fixed], rows, tail)


def _clone_messages(cr, pilot, ids):
    cr.execute(
        "SELECT id FROM mail_message WHERE model = %s AND res_id = %s ORDER BY id",
        [pilot._name, pilot.id],
    )
    for (message_id,) in cr.fetchall():
        fixed = _read_fixed(cr, "mail_message", message_id, {"id", "res_id"})
        copy_with_fixed(cr, "mail_message", ["res_id"], fixed, [(id_,) for id_ in ids])


def _clone_followers(cr, pilot, ids):
    cr.execute(
        "SELECT f.id, array_agg(s.mail_message_subtype_id) FROM mail_followers f "
        "LEFT JOIN mail_followers_mail_message_subtype_rel s "
        "ON s.mail_followers_id = f.id "
        "WHERE f.res_model = %s AND f.res_id = %s GROUP BY f.id ORDER BY f.id",
        [pilot._name, pilot.id],
    )
    for follower_id, subtype_ids in cr.fetchall():
        fixed = _read_fixed(cr, "mail_followers", follower_id, {"id", "res_id"})
        follower_ids = _allocate(cr, "mail_followers", len(ids))
        rows = list(zip(follower_ids, ids, strict=True))
        copy_with_fixed(cr, "mail_followers", ["id", "res_id"], fixed, rows)
        for subtype_id in filter(None, subtype_ids):
            copy_rows(
                cr,
                "mail_followers_mail_message_subtype_rel",
                ["mail_followers_id", "mail_message_subtype_id"],
                list(zip(follower_ids, repeat(subtype_id), strict=False)),
            )


def _recompute_rest(pilot, ids, columns, derived):
    """Let the ORM compute what depends on a differing column and was not given."""
    model = pilot.sudo()  # sudo: computed fields are the system's, as in create()
    rest = [
        field
        for field in get_dependents(pilot, columns)
        if field.name not in columns and field.name not in derived
    ]
    if not rest:
        return
    records = model.browse(ids)
    for field in rest:
        model.env.add_to_compute(field, records)
    model.flush_model([field.name for field in rest])


def get_dependents(model, columns):
    """Stored computed fields of ``model`` that depend on one of ``columns``."""
    registry = model.env.registry
    found = {}
    for name in columns:
        for field in registry.get_dependent_fields(model._fields[name]):
            if field.store and field.compute and field.model_name == model._name:
                found[field] = None
    return list(found)
