"""What a slip's columns say about a card: plain Python on values, no database."""

import unicodedata

from .coverage import cover_end, registration_of


def normalise_name(text):
    """How products and dealers are compared with what people type.

    >>> normalise_name(" ＤＦ－604  Harvester ")
    'df-604 harvester'
    """
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def index_names(entries):
    """Normalised name -> id; ``None`` when a name belongs to several.

    :param entries: iterable of (id, names), stronger names first: a code wins over
        another record's name

    >>> index_names([(1, ["A", "x"]), (2, ["B", "x"]), (3, ["X"])])
    {'a': 1, 'b': 2, 'x': 3}
    """
    found = {}
    rank = {}
    for id_, names in entries:
        for strength, name in enumerate(names):
            key = normalise_name(name)
            if not key:
                continue
            if key not in found or strength < rank[key]:
                found[key], rank[key] = id_, strength
            elif strength == rank[key] and found[key] != id_:
                found[key] = None
    return found


def describe_cover(terms, dates, memo):
    """The computed columns of a card, by the same arithmetic as the card's own.

    :param terms: (start date field or None, months, registration days)
    :param dates: mapping with sale_date, delivery_date, acceptance_date, returned_on
    :param dict memo: kept by the caller over many rows
    :return: (registration or None, reimbursable, on-time rate, start, end or None)
    """
    start_field, months, days = terms
    key = (terms, tuple(dates.values()))
    if key not in memo:
        sale, returned = dates["sale_date"], dates["returned_on"]
        registration = registration_of(sale, returned, days)
        start = (start_field and dates[start_field]) or sale
        end = cover_end(start, months)[0] if months else None
        on_time = registration == "on_time"
        rate = 100.0 if on_time else 0.0
        memo[key] = (registration, on_time, rate, start, end)
    return memo[key]
