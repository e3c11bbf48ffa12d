"""Turn what people type into values: dates, numbers, yes/no, phones, serials.

Plain functions without the ORM. Each takes a raw cell (see ``tabular.Sheet``) and
returns a value, ``None`` for an empty cell, or raises :class:`ParseError` with the key
of a sentence (``aftersales.import.job._get_cell_refusal``).
"""

import re
import unicodedata
from datetime import date, datetime, time

from .tabular import CellError
from .xlsx import to_moment

# Excel keeps 15 digits; a longer number typed into a cell has lost its last ones.
EXACT_LIMIT = 10**15
# Day numbers of 1954 and 2119: other numbers are no dates in a list of machines.
SERIAL_RANGE = (20_000, 80_000)
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T\s]+(上午|下午)?\s*\d{1,2}[:时]\d{1,2}.*$")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$", re.IGNORECASE)
_UNIT = re.compile(
    r"(?<=[\d.])\s*(小时|个小时|时|公里|千米|里|年|月|天|元|台|h|hr|hrs|hours?|km|mi|miles?"
    r"|months?|years?|days?|cny|rmb)$",
    re.IGNORECASE,
)
_YES = frozenset(
    ["是", "有", "对", "真", "y", "yes", "true", "1", "√", "✓", "✔", "x", "已", "t"]
)
_NO = frozenset(
    ["否", "无", "没有", "不", "假", "n", "no", "false", "0", "×", "✗", "未", "f", "-"]
)
_BLANKS = re.compile(r"\s+")
# What people type into a cell that they must not leave empty.
_NOTHING = frozenset(["", "-", "--", "—", "/", "\\", "n/a", "无", "空"])


class ParseError(ValueError):
    """The cell holds something else than its column wants."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def clean(raw):
    """Text of a cell: NFKC (full-width letters and digits become plain), one blank.

    >>> clean(" ＡＢ－１２\\u3000x\\n"), clean(5), clean(5.0), clean("  "), clean(None)
    ('AB-12 x', '5', '5', None, None)
    """
    if raw is None:
        return None
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < EXACT_LIMIT:
        raw = int(raw)
    text = raw if isinstance(raw, str) else str(raw)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = text.replace("\u200b", "").replace("\ufeff", "")
    text = text.strip()
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(" ", text)
    return text or None


def parse_text(raw):
    """
    :raises ParseError: ``error`` - the cell holds a spreadsheet error
    """
    if isinstance(raw, CellError):
        raise ParseError("error")
    if isinstance(raw, datetime):
        raw = raw.date() if raw.time() == time() else raw
    return clean(raw)


def parse_long_text(raw):
    """Text with its line breaks, untouched but for the ends."""
    if isinstance(raw, str) and not isinstance(raw, CellError):
        return raw.strip() or None
    return parse_text(raw)


def parse_serial(raw):
    """A serial number: no blanks inside, letters as typed, capitals.

    >>> parse_serial(" ab　１２ 3"), parse_serial(12345.0), parse_serial("-")
    ('AB123', '12345', None)

    :raises ParseError: ``digits`` - a number too long to be exact, ``serial`` - a date
        or a fraction
    """
    if isinstance(raw, bool | date | time):
        raise ParseError("serial")
    if isinstance(raw, int | float):
        if abs(raw) >= EXACT_LIMIT:
            raise ParseError("digits")
        if raw != int(raw):
            raise ParseError("serial")
    text = parse_text(raw)
    if text is None or text.lower() in _NOTHING:
        return None
    return text.replace(" ", "").upper()


def parse_phone(raw):
    """A phone number: digits, plus sign and separators.

    >>> parse_phone(13800138000.0), parse_phone("０１０-6255 1234"), parse_phone("无")
    ('13800138000', '010-6255 1234', None)

    :raises ParseError: ``phone``
    """
    text = parse_text(raw)
    if text is None or text.lower() in _NOTHING:
        return None
    digits = sum(char.isdigit() for char in text)
    if not 5 <= digits <= 24 or not re.fullmatch(r"[\d\s()+./;,转extEXT#-]+", text):
        raise ParseError("phone")
    return text


def parse_number(raw):
    """
    >>> parse_number("1,234.50"), parse_number("1 234"), parse_number("120小时")
    (1234.5, 1234.0, 120.0)
    >>> parse_number("１２．５"), parse_number("5000 km"), parse_number("1.234,5")
    (12.5, 5000.0, 1234.5)

    :raises ParseError: ``number``
    """
    if raw is None:
        return None
    if isinstance(raw, bool | date | time):
        raise ParseError("number")
    if isinstance(raw, int | float):
        return float(raw)
    text = parse_text(raw)
    if text is None or text.lower() in _NOTHING:
        return None
    text = _UNIT.sub("", text).lstrip("¥￥$€").strip()
    text = _plain_decimal(text.replace(" ", "").replace("'", ""))
    if not _NUMBER.match(text):
        raise ParseError("number")
    return float(text)


def _plain_decimal(text):
    """Drop thousands separators; the last separator is the decimal one if both occur.

    A single comma before exactly three digits separates thousands, else decimals.
    """
    if "," not in text:
        return text.replace(".", "") if text.count(".") > 1 else text
    if "." in text:
        if text.rindex(",") > text.rindex("."):
            return text.replace(".", "").replace(",", ".")
        return text.replace(",", "")
    groups = text.lstrip("+-").split(",")
    if all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3:
        return text.replace(",", "")
    return text.replace(",", ".") if len(groups) == 2 else text


def parse_boolean(raw):
    """
    >>> parse_boolean("是"), parse_boolean("No"), parse_boolean(1), parse_boolean(None)
    (True, False, True, None)

    :raises ParseError: ``boolean``
    """
    if raw is None or isinstance(raw, bool):
        return raw
    text = parse_text(raw)
    if text is None:
        return None
    text = text.lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise ParseError("boolean")


def parse_date(raw, day_first=True, date1904=False):
    """A date in any usual form.

    >>> parse_date("2024-03-05") == parse_date("2024年3月5日") == parse_date(20240305)
    True
    >>> parse_date("2024.3.5") == parse_date(45356) == parse_date("05.03.2024")
    True
    >>> parse_date("03/05/2024", day_first=False) == parse_date("2024/3/5 14:30")
    True

    :param bool day_first: how to read ``05/03/2024``, see :func:`decide_day_first`
    :param bool date1904: day numbers of the workbook count from 1904
    :raises ParseError: ``date``
    """
    if raw is None:
        return None
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, bool | time):
        raise ParseError("date")
    if isinstance(raw, int | float):
        return _date_of_number(raw, date1904)
    text = parse_text(raw)
    if text is None or text.lower() in _NOTHING:
        return None
    return _date_of_text(_TIME.sub("", text), day_first, date1904)


def _date_of_number(number, date1904):
    low, high = SERIAL_RANGE
    if low <= number <= high:
        return to_moment(int(number), date1904).date()
    return _date_of_text(str(int(number)) if number == int(number) else "", True, False)


def _date_of_text(text, day_first, date1904):
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _make_date(found[1], found[2], found[3])
    if found := _YEAR_LAST.fullmatch(text):
        first, second = (found[1], found[2]) if day_first else (found[2], found[1])
        return _make_date(found[3], second, first)
    if text.isdigit() and len(text) == 5:
        return _date_of_number(int(text), date1904)
    raise ParseError("date")


def _make_date(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ParseError("date") from error


def decide_day_first(values):
    """How a column writes dates that end with the year, from all its values.

    :return: ``True`` or ``False`` if some value can be read in one way only and none
        in the other only; ``None`` if nothing tells, or the values contradict
    """
    day_first = month_first = False
    for raw in values:
        if not isinstance(raw, str):
            continue
        found = _YEAR_LAST.match(clean(raw) or "")
        if found:
            day_first |= int(found[1]) > 12
            month_first |= int(found[2]) > 12
    if day_first == month_first:
        return None
    return day_first


def has_year_last(values):
    """Whether some value is a date that ends with its year.

    >>> has_year_last(["2024-01-02", "05/03/2024"]), has_year_last(["2024-01-02"])
    (True, False)
    """
    return any(
        isinstance(raw, str) and _YEAR_LAST.match(clean(raw) or "") for raw in values
    )


PARSERS = {
    "text": parse_text,
    "long_text": parse_long_text,
    "serial": parse_serial,
    "phone": parse_phone,
    "number": parse_number,
    "boolean": parse_boolean,
    "date": parse_date,
}
