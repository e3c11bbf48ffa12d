"""Short cut for the two large parts of a workbook in the form all programs write.

Parsing XML event by event is what makes readers of .xlsx slow. The parts written by
Excel, WPS, LibreOffice, Google and the usual libraries have one plain form, which a
regular expression takes apart in C. Each pattern must cover *every* byte between the
outer tags: anything it does not know (an entity, a comment, an inline or formatted
string, another prefix or encoding) leaves a rest, and the caller turns to the real
parser. So the short cut is either right or not taken.
"""

import re

_ROW = re.compile(rb"<row\b([^<>]*)$")
_EMPTY_ROWS = re.compile(rb"(?:\s*<row\b[^<>]*/>)*\s*")
_ROW_NUMBER = re.compile(rb' r="(\d+)"')
# column, style and type in any order, value (second form: with a formula)
_CELLS = re.compile(
    rb'<c r="([A-Z]+)\d+"((?: [st]="\w+")*)(?:><v>([^<&]*)</v></c>|/>|></c>'
    rb"|>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?(?:<v>([^<&]*)</v>|<v/>)?</c>)"
)
_STYLE = re.compile(rb' s="(\w+)"')
_TYPE = re.compile(rb' t="(\w+)"')
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
    *pieces, rest = parts[1].split(b"</row>")
    if _EMPTY_ROWS.fullmatch(rest) is None:
        return None
    rows = []
    reader = _CellReader(strings, to_value, get_column)
    number = 0
    for piece in pieces:
        start = _EMPTY_ROWS.match(piece).end()
        close = piece.find(b">", start)
        found = _ROW.match(piece[start:close])
        if found is None:
            return None
        found = _ROW_NUMBER.search(found[1])
        # a row without a number follows the last one, empty ones included
        if found is None and start and rows:
            return None
        number = int(found[1]) if found else number + 1
        cells = reader.read_cells(piece[close + 1 :])
        if cells is None:
            return None
        rows.append((number, cells))
    return rows, [merge.decode() for merge in _MERGES.findall(parts[2])]


class _CellReader:
    """Cells of rows; what columns, styles and types mean is looked up once."""

    def __init__(self, strings, to_value, get_column):
        self.strings = strings
        self.to_value = to_value
        self.get_column = get_column
        self.columns = {}
        self.kinds = {}

    def read_cells(self, body):
        """The cells of one row, or None when a part of it has another form."""
        pieces = _CELLS.split(body)
        if any(pieces[::5]):
            return None
        cells = []
        columns, kinds, strings = self.columns, self.kinds, self.strings
        for letters, attributes, value, result in zip(
            pieces[1::5], pieces[2::5], pieces[3::5], pieces[4::5], strict=True
        ):
            if letters not in columns:
                columns[letters] = self.get_column(letters.decode())
            missing = columns[letters] - len(cells)
            if missing > 0:
                cells.extend([None] * missing)
            if attributes not in kinds:
                kinds[attributes] = self._get_kind(attributes)
            kind, style = kinds[attributes]
            text = value or result
            if not text:
                cells.append(None)
            elif kind == b"s":
                cells.append(strings[int(text)])
            else:
                cells.append(self.to_value(kind, style, text))
        return cells

    def _get_kind(self, attributes):
        kind, style = _TYPE.search(attributes), _STYLE.search(attributes)
        return kind and kind[1], style and style[1]
