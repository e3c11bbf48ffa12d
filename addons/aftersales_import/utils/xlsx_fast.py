"""Short cut for the two large parts of a workbook in the form all programs write.

Parsing XML event by event is what makes readers of .xlsx slow. The parts written by
Excel, WPS, LibreOffice, Google and the usual libraries have one plain form, which a
regular expression takes apart in C. Each pattern must cover *every* byte between the
outer tags: anything it does not know (an entity, a comment, an inline or formatted
string, another prefix or encoding) leaves a rest, and the caller turns to the real
parser. So the short cut is either right or not taken.
"""

import re

_ROWS = re.compile(rb"<row\b([^<>]*?)(?:/>|>(.*?)</row>)\s*", re.DOTALL)
_ROW_NUMBER = re.compile(rb' r="(\d+)"')
# reference, style, type, style (openpyxl writes it last), value
_CELLS = re.compile(
    rb'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="([a-z]+)")?(?: s="(\d+)")?'
    rb"(?:/>|></c>|>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?(?:<v>([^<&]*)</v>|<v/>)?</c>)"
)
_STRINGS = re.compile(rb'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>\s*')
_MERGES = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def _cut(data, start, end):
    """(bytes before, inside, after) the element ``start``…``end``, or None."""
    head, found, rest = data.partition(start)
    if not found or b"<!" in head or b"UTF-8" not in head.upper():
        return None
    attributes, found, rest = rest.partition(b">")
    body, closed, tail = rest.rpartition(end)
    if not found or not closed or attributes.endswith(b"/"):
        return None
    return head, body, tail


def read_strings(data):
    """Shared strings of the part ``data``, or None when it is not in plain form."""
    parts = _cut(data, b"<sst", b"</sst>")
    if parts is None or b"\r" in parts[1] or b"&#" in parts[1]:
        return None
    pieces = _STRINGS.split(parts[1].lstrip())
    if any(pieces[::2]):
        return None
    return [_to_text(piece) if piece else None for piece in pieces[1::2]]


def _to_text(piece):
    text = piece.decode()
    if "&" in text:
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
    return text


def read_rows(data, strings, to_value, get_column):
    """Rows of the worksheet part ``data``, or None when it is not in plain form.

    :param strings: the shared strings
    :param to_value: function of a cell's (type, style, value), all bytes or None
    :param get_column: function of a column's letters giving its index
    :return: (list of (row number, cells), list of merged ranges)
    """
    parts = _cut(data, b"<sheetData", b"</sheetData>")
    if parts is None:
        return None
    pieces = _ROWS.split(parts[1].lstrip())
    if any(pieces[::3]):
        return None
    rows = []
    columns = {}
    number = 0
    for attributes, body in zip(pieces[1::3], pieces[2::3], strict=True):
        found = _ROW_NUMBER.search(attributes)
        number = int(found[1]) if found else number + 1
        if not body:
            continue
        cells = _read_cells(body, strings, to_value, get_column, columns)
        if cells is None:
            return None
        rows.append((number, cells))
    return rows, [merge.decode() for merge in _MERGES.findall(parts[2])]


def _read_cells(body, strings, to_value, get_column, columns):
    pieces = _CELLS.split(body)
    if any(pieces[::6]):
        return None
    cells = []
    for letters, style, kind, last_style, value in zip(
        pieces[1::6],
        pieces[2::6],
        pieces[3::6],
        pieces[4::6],
        pieces[5::6],
        strict=True,
    ):
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = get_column(letters.decode())
        missing = column - len(cells)
        if missing > 0:
            cells.extend([None] * missing)
        if kind == b"s" and value:
            cells.append(strings[int(value)])
        elif value is None:
            cells.append(None)
        else:
            cells.append(to_value(kind, style or last_style, value))
    return cells
