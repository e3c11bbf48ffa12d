"""Rows into PostgreSQL by COPY, and numbers by the block."""

import io
from datetime import date

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(cr, table, columns, rows, tail=None):
    """Append ``rows`` (tuples in the order of ``columns``) to ``table``.

    Table and columns are names of the program, never of a user.

    PostgreSQL keeps the plans of its foreign key checks for the session. Those made
    while a table was small walk all of it for every row once it has grown: they are
    dropped.

    :param tail: the end of every line, in COPY's format, for columns that hold the same
        values in all rows
    """
    end = "\n" if tail is None else f"\t{tail}\n"
    buffer = io.StringIO(end.join(map(_to_line, rows)) + (end if rows else ""))
    names = ", ".join(f'"{name}"' for name in columns)
    cr.execute("DISCARD PLANS")
    cr.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', buffer)


def _to_line(row):
    return "\t".join([_to_text(value) for value in row])


def _to_text(value):
    """Text format of COPY.

    >>> _to_text("a\\tb"), _to_text(None), _to_text(True), _to_text(date(2024, 3, 5))
    ('a\\\\tb', '\\\\N', 't', '2024-03-05')
    """
    if value is None:
        return "\\N"
    if type(value) is str:
        return value.translate(_ESCAPES).replace("\0", "")
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date):
        return value.isoformat(*([" "] if hasattr(value, "hour") else []))
    return str(value)


def next_numbers(env, code, count):
    """``count`` numbers of the sequence ``code``, drawn in one query when it can be.

    The same numbers as ``count`` calls of ``next_by_code``.
    """
    companies = [env.company.id, False]
    sequence = env["ir.sequence"].search(
        [("code", "=", code), ("company_id", "in", companies)],
        order="company_id",
        limit=1,
    )
    return draw_numbers(sequence, count)


def draw_numbers(sequence, count):
    """``count`` numbers of a sequence record, the same as ``next_by_id`` would give."""
    if not count:
        return []
    if sequence.implementation != "standard" or sequence.use_date_range:
        return [sequence.next_by_id() for _number in range(count)]
    # the number itself is formatted by hand; prefix and suffix are the sequence's own
    prefix, suffix = sequence._get_prefix_suffix()
    sequence.env.cr.execute(
        "SELECT nextval(%s) FROM generate_series(1, %s)",
        [f"ir_sequence_{sequence.id:03d}", count],
    )
    padding = sequence.padding
    return [
        f"{prefix}{row[0]:0{padding}d}{suffix}" for row in sequence.env.cr.fetchall()
    ]
