"""How a serial number is written, so that one machine has one spelling."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def normalize_serial(text):
    """Return ``text`` in the form serial numbers are stored in.

    Full-width characters become half-width (a Chinese keyboard types both), blanks go,
    letters become capitals.

    >>> normalize_serial(" ｄｆ６０４ -0012 ")
    'DF604-0012'
    """
    folded = unicodedata.normalize("NFKC", text or "")
    return _SPACES.sub("", folded).upper()
