"""Find the header row of a sheet and the meaning of its columns."""

import hashlib
import re
import unicodedata

# A title, an address, a note: headers come within the first rows or not at all.
SEARCH_ROWS = 30
ENOUGH = 2
_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
_NOISE = re.compile(r"[\W_]+")


def normalise(header):
    """What counts of a header: no case, width, blanks, stars or remarks in brackets.

    >>> normalise(" * 购机日期（必填）"), normalise("Serial  No."), normalise("a_b")
    ('购机日期', 'serialno', 'ab')
    """
    text = unicodedata.normalize("NFKC", str(header or "")).casefold()
    return _NOISE.sub("", _REMARK.sub("", text)) or _NOISE.sub("", text)


def get_signature(cells):
    """Key under which the mapping of a layout is remembered: its set of headers."""
    names = sorted({normalise(cell) for cell in cells} - {""})
    return hashlib.sha1("\n".join(names).encode(), usedforsecurity=False).hexdigest()


def find_header(rows, synonyms, signatures=()):
    """Index in ``rows`` of the header row, or ``None``.

    The first row that is a remembered layout, or else the first in which enough cells
    are known headers.

    :param rows: list of (number, cells)
    :param dict synonyms: normalised header -> field key
    :param signatures: signatures of remembered layouts
    """
    head = rows[:SEARCH_ROWS]
    for index, (_number, cells) in enumerate(head):
        if signatures and get_signature(cells) in signatures:
            return index
    for index, (_number, cells) in enumerate(head):
        texts = [normalise(cell) for cell in cells if isinstance(cell, str)]
        known = {synonyms[text] for text in texts if text in synonyms}
        if len(known) >= ENOUGH and 2 * len(known) >= min(len(texts), 2 * ENOUGH + 2):
            return index
    return None


def map_headers(cells, synonyms):
    """Header text -> field key or ``None``; a field is given to its first column."""
    mapping = {}
    taken = set()
    for cell in cells:
        name = "" if cell is None else str(cell).strip()
        if not name or name in mapping:
            continue
        key = synonyms.get(normalise(name))
        mapping[name] = None if key in taken else key
        taken.add(key)
    return mapping
