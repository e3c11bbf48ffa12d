"""A fast reader of .xlsx workbooks (ECMA-376, transitional and strict).

Reads values, not formatting, and is several times faster than openpyxl's read-only mode
(see benchmarks/): parts in the plain form all programs write are taken apart by
:mod:`.xlsx_fast`, all others go through expat. Guards: the unpacked size is limited
while reading, whatever the archive declares; a document type, and with it every entity
attack, is refused; nothing is ever fetched.
"""

import io
import posixpath
import re
import zipfile
import zlib
from datetime import datetime, timedelta
from xml.parsers import expat

from .tabular import CellError, Sheet, TableError
from .xlsx_fast import read_rows, read_strings

MAX_UNPACKED = 1_000_000_000  # bytes of one workbook's parts together
# A part may be this many times its packed size; real sheets reach about 40.
MAX_RATIO = 500
RATIO_FLOOR = 10_000_000  # bytes; smaller parts may have any ratio
CHUNK = 1 << 18
# Number formats that show a date or time though no format code is stored for them,
# East Asian ones included (ECMA-376 part 1, 18.8.30).
BUILTIN_DATES = frozenset([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
_NOT_FORMAT = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STRING_KINDS = ("s", b"s")
_NUMBER_KINDS = (None, "n", b"n")
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)$")


def read_xlsx(content):
    """
    :return: list of :class:`~.tabular.Sheet` in the workbook's order
    :raises TableError: damaged, protected, a bomb, or another kind of zip file
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Workbook(archive).read_sheets()
    except TableError:
        raise
    except (RuntimeError, NotImplementedError) as error:  # zip-level password
        raise TableError("encrypted") from error
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        LookupError,
        OSError,
        OverflowError,
        ValueError,
    ) as error:
        raise TableError("damaged") from error


class _Workbook:
    def __init__(self, archive):
        self.archive = archive
        self.unpacked = 0
        self.parts = {info.filename.lstrip("/"): info for info in archive.infolist()}
        self.strings = []
        self.date_styles = set()
        self.date1904 = False

    def read_sheets(self):
        path = self._find_workbook()
        relations = self._read_relations(path)
        entries = self._read_entries(path)
        for target, kind in relations.values():
            if kind == "sharedStrings":
                self.strings = self._read_strings(target)
            elif kind == "styles":
                styles = self._parse(self._read_part(target), _StylesParser())
                self.date_styles = styles.date_styles
        sheets = []
        for name, state, relation in entries:
            target, kind = relations.get(relation, ("", ""))
            if kind == "worksheet":
                sheet = Sheet(name, hidden=bool(state), date1904=self.date1904)
                _fill_merges(sheet, self._read_sheet(sheet, target))
                sheets.append(sheet)
        return sheets

    def _find_workbook(self):
        if "[Content_Types].xml" not in self.parts:
            raise TableError("format")
        for target, kind in self._read_relations("").values():
            if kind == "officeDocument" and target.endswith(".xml"):
                return target
        raise TableError("format")

    def _read_part(self, path):
        """The bytes of the part ``path``.

        :raises TableError: they grow absurdly
        """
        info = self.parts[path]
        limit = max(RATIO_FLOOR, info.compress_size * MAX_RATIO)
        chunks = []
        size = 0
        with self.archive.open(info) as part:
            while chunk := part.read(CHUNK):
                size += len(chunk)
                self.unpacked += len(chunk)
                if size > limit or self.unpacked > MAX_UNPACKED:
                    raise TableError("bomb")
                chunks.append(chunk)
        return b"".join(chunks)

    def _parse(self, data, handler):
        """Feed a part to a handler and return the handler.

        :raises TableError: the part declares a document type
        """
        handler.attach(expat.ParserCreate()).Parse(data, True)
        return handler

    def _read_strings(self, path):
        data = self._read_part(path)
        strings = read_strings(data)
        if strings is None:
            strings = self._parse(data, _StringsParser()).strings
        return [_unescape(text) if text else text for text in strings]

    def _read_sheet(self, sheet, path):
        """Fill ``sheet``; returns its merged ranges."""
        data = self._read_part(path)
        plain = read_rows(data, self.strings, self._get_value_reader(), get_column)
        if plain is None:
            return self._parse(data, _SheetParser(self, sheet)).merges
        rows, merges = plain
        for number, cells in rows:
            sheet.add(number, cells)
        return merges

    def _get_value_reader(self):
        """Function of a cell's (type, style, value) giving its value.

        Type and style may be bytes or text or None, the value bytes or text.
        """
        strings, date1904 = self.strings, self.date1904
        date_styles = {
            *self.date_styles,
            *(style.encode() for style in self.date_styles),
        }
        readers = {**_READERS, **{kind.encode(): r for kind, r in _READERS.items()}}

        moments = {}  # days repeat

        def read(kind, style, value):
            if kind in _NUMBER_KINDS:
                if style not in date_styles:
                    return _to_number(value)
                if value not in moments:
                    moments[value] = to_moment(_to_number(value), date1904)
                return moments[value]
            if kind in _STRING_KINDS:
                return strings[int(value)]
            return readers[kind](value if isinstance(value, str) else value.decode())

        return read

    def _collect(self, path, *tags):
        return self._parse(self._read_part(path), _Collector(*tags)).found

    def _read_relations(self, path):
        """Relation id -> (part, kind) of the part ``path``."""
        folder, name = posixpath.split(path)
        relations = {}
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        for _tag, values in self._collect(part, "Relationship"):
            target = values.get("Target", "")
            if not target.startswith("/"):
                target = posixpath.join("/", folder, target)
            target = posixpath.normpath(target).lstrip("/")
            kind = values.get("Type", "").rsplit("/", 1)[-1]
            relations[values.get("Id")] = (target, kind)
        return relations

    def _read_entries(self, path):
        """(name, state if hidden, relation id) of each sheet; sets the date system."""
        entries = []
        for tag, values in self._collect(path, "workbookPr", "sheet"):
            if tag == "workbookPr":
                self.date1904 = values.get("date1904") in ("1", "true")
                continue
            state = values.get("state", "visible")
            relation = next((v for k, v in values.items() if k.endswith(":id")), None)
            entries.append((values.get("name"), state != "visible" and state, relation))
        return entries


class _Handler:
    """Receives a part's elements; tags are compared without their prefix."""

    def attach(self, parser):
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start_root
        self.parser = parser
        return parser

    def _refuse_doctype(self, *_arguments):
        raise TableError("entities")

    def _start_root(self, name, attributes):
        self.prefix = name[: name.rfind(":") + 1]
        self.bind()
        self.parser.StartElementHandler(name, attributes)

    def bind(self):
        """Set the parser's handlers; ``self.prefix`` is known now."""
        raise NotImplementedError


class _Collector(_Handler):
    """The attributes of all elements with one of the tags."""

    def __init__(self, *tags):
        self.tags = tags
        self.found = []

    def bind(self):
        self.parser.StartElementHandler = self._start

    def _start(self, name, attributes):
        tag = name.rpartition(":")[2]
        if tag in self.tags:
            self.found.append((tag, attributes))


class _StylesParser(_Handler):
    """Which cell styles (by index) show a date."""

    def __init__(self):
        self.formats = {}
        self.date_styles = set()
        self.index = None

    def bind(self):
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name, attributes):
        tag = name.rpartition(":")[2]
        if tag == "numFmt":
            code = attributes.get("formatCode", "")
            self.formats.setdefault(attributes.get("numFmtId"), code)
        elif tag == "cellXfs":
            self.index = 0
        elif tag == "xf" and self.index is not None:
            if self._is_date(attributes.get("numFmtId", "0")):
                self.date_styles.add(str(self.index))
            self.index += 1

    def _end(self, name):
        if name.rpartition(":")[2] == "cellXfs":
            self.index = None

    def _is_date(self, number):
        if number in self.formats:
            return is_date_format(self.formats[number])
        return int(number) in BUILTIN_DATES


class _TextHandler(_Handler):
    """Collects the text of string items: plain or in formatted runs.

    Phonetic hints (how a Chinese or Japanese text is read) are not part of the value.
    """

    def __init__(self):
        self.data = []  # what was read since the last tag that matters
        self.text = None
        self.is_phonetic = False

    def _bind_text(self):
        self.parser.CharacterDataHandler = self.data.append
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _take(self):
        """Add the data to the text of the item."""
        if not self.is_phonetic:
            self.text = (self.text or "") + "".join(self.data)


class _StringsParser(_TextHandler):
    """The shared strings in their order."""

    def __init__(self):
        super().__init__()
        self.strings = []

    def bind(self):
        self.item = self.prefix + "si"
        self.plain = self.prefix + "t"
        self.phonetic = self.prefix + "rPh"
        self._bind_text()

    def _start(self, name, _attributes):
        if name == self.plain:
            self.data.clear()
        elif name == self.phonetic:
            self.is_phonetic = True

    def _end(self, name):
        if name == self.plain:
            self._take()
        elif name == self.item:
            self.strings.append(self.text)
            self.text = None
        elif name == self.phonetic:
            self.is_phonetic = False


class _SheetParser(_TextHandler):
    """Adds the rows of a worksheet to its :class:`~.tabular.Sheet`."""

    def __init__(self, workbook, sheet):
        super().__init__()
        self.sheet = sheet
        self.to_value = workbook._get_value_reader()
        self.number = 0
        self.cells = []
        self.cell = {}
        self.columns = {}
        self.merges = []

    def bind(self):
        self.cell_tag = self.prefix + "c"
        self.value_tags = (self.prefix + "v", self.prefix + "t")
        self.row_tag = self.prefix + "row"
        self.phonetic = self.prefix + "rPh"
        self.merge_tag = self.prefix + "mergeCell"
        self._bind_text()

    def _start(self, name, attributes):
        if name == self.cell_tag:
            self.cell = attributes
            self.text = None
        elif name in self.value_tags:
            self.data.clear()
        elif name == self.row_tag:
            self.number = int(attributes.get("r") or self.number + 1)
            self.cells = []
        elif name == self.phonetic:
            self.is_phonetic = True
        elif name == self.merge_tag:
            self.merges.append(attributes.get("ref", ""))

    def _end(self, name):
        if name in self.value_tags:
            self._take()
        elif name == self.cell_tag:
            if self.text is not None:
                self._add_cell(self.cell, self.text)
        elif name == self.row_tag:
            self.sheet.add(self.number, self.cells)
        elif name == self.phonetic:
            self.is_phonetic = False

    def _add_cell(self, cell, text):
        cells = self.cells
        reference = cell.get("r")
        if reference is not None:
            letters = reference.rstrip("0123456789")
            column = self.columns.get(letters)
            if column is None:
                column = self.columns[letters] = get_column(letters)
            missing = column - len(cells)
            if missing > 0:
                cells.extend([None] * missing)
        cells.append(self.to_value(cell.get("t"), cell.get("s"), text))


def get_column(letters):
    """Index from 0 of a column named by letters.

    >>> get_column("A"), get_column("AB")
    (0, 27)
    """
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    if not 0 < column <= 16384:
        raise TableError("damaged")
    return column - 1


def _unescape(text):
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _to_number(text):
    try:
        return int(text)
    except ValueError:
        number = float(text)
    if number.is_integer() and abs(number) < 1e15:
        return int(number)
    return number


def _to_iso(text):
    try:
        return datetime.fromisoformat(text.rstrip("Z"))
    except ValueError:
        return text


_READERS = {
    "b": lambda text: text.strip() in ("1", "true"),
    "e": CellError,
    "str": _unescape,
    "inlineStr": _unescape,
    "d": _to_iso,
}


def is_date_format(code):
    """Whether a number format shows a date or a time.

    >>> is_date_format('yyyy"年"m"月"d"日"'), is_date_format("[$-804]m/d/yy")
    (True, True)
    >>> is_date_format('0.00" day"'), is_date_format("General"), is_date_format("[h]")
    (False, False, False)
    """
    code = _NOT_FORMAT.sub("", code.split(";")[0])
    if code.lower() == "general" or re.search(r"\[(h+|m+|s+)\]", code, re.IGNORECASE):
        return False  # a duration such as [h]:mm stays a number of days
    return bool(re.search(r"[ymdhs年月日]", code, re.IGNORECASE)) and not re.search(
        "[#?]", code
    )


def to_moment(value, date1904=False):
    """Date and time of a day number; the number itself if it is none.

    The 1900 system has a 29 February 1900 that never was, so that numbers below 60
    count from one day later.

    >>> to_moment(45356), to_moment(45356.5).hour, to_moment(1), to_moment(0.25)
    (datetime.datetime(2024, 3, 5, 0, 0), 12, datetime.datetime(1900, 1, 1, 0, 0), \
datetime.time(6, 0))
    >>> to_moment(0, date1904=True)
    datetime.datetime(1904, 1, 1, 0, 0)
    """
    if date1904:
        start = datetime(1904, 1, 1)
    else:
        if 0 < value < 1:
            return (datetime.min + timedelta(seconds=round(value * 86400))).time()
        start = datetime(1899, 12, 31) if value < 60 else datetime(1899, 12, 30)
    if not 0 <= value < 2_958_466:  # 10000-01-01
        return value
    days = int(value)
    if days == value:
        return start + timedelta(days)
    return start + timedelta(days, round((value - days) * 86400))


def _fill_merges(sheet, merges):
    """Copy the value of a vertically merged cell into the rows it covers."""
    if not merges or not sheet.rows:
        return
    rows = dict(sheet.rows)
    for reference in merges:
        first, _colon, last = reference.partition(":")
        start, end = _REFERENCE.match(first), _REFERENCE.match(last)
        if not start or not end or start[1] != end[1]:
            continue
        column = get_column(start[1])
        source = rows.get(int(start[2]), [])
        value = source[column] if column < len(source) else None
        if value is None:
            continue
        last_row = min(int(end[2]), sheet.rows[-1][0])
        for number in range(int(start[2]) + 1, last_row + 1):
            cells = rows.get(number)
            if cells is not None:
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = value
