"""Which of many are asked: the same answer each time the question is put."""

import hashlib


def is_sampled(key, percent):
    """Whether ``key`` belongs to a sample of ``percent`` per cent.

    The key's SHA-256 gives it a fixed place from 0 to 99; it is asked when that place
    lies below the percentage. So the choice can be shown to anybody afterwards, does
    not depend on the order or the day, and a greater share only adds to a smaller one.

    >>> [key for key in range(20) if is_sampled(key, 20)]
    [1, 16]
    >>> is_sampled("any", 100), is_sampled("any", 0)
    (True, False)
    """
    return get_place(key) < percent


def get_place(key):
    """The fixed place of ``key``, from 0 to 99.

    >>> get_place("7/helpdesk.ticket,1,0")
    78
    """
    digest = hashlib.sha256(str(key).encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100
