"""Delimited text: encoding and delimiter are found out, not asked."""

import codecs
import csv
import io

from .tabular import Sheet, TableError

DELIMITERS = ",;\t|"
SAMPLE_RECORDS = 50
FIELD_LIMIT = 1_000_000
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(content, filename=""):
    """
    :return: list of one :class:`~.tabular.Sheet`
    :raises TableError: no text, or no table
    """
    text = decode(content).replace("\0", "")
    delimiter, text = sniff_delimiter(text)
    sheet = Sheet(name=filename.rsplit(".", 1)[0])
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            sheet.add(number, [cell.strip() or None for cell in cells])
    except csv.Error as error:
        raise TableError("damaged") from error
    return [sheet]


def decode(content):
    """Text of ``content`` whatever its encoding.

    By byte order mark; else UTF-8 if it is valid; else UTF-16 if every second byte of
    the head is zero; else GB18030 if most of it reads as common Chinese characters;
    else Windows-1252, whose accented letters are often valid, but rare, GB characters.

    :raises TableError: binary content
    """
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _decode(content, encoding)
    head = content[:2000]
    if head.count(0) > len(head) // 4:
        even = head[::2].count(0) > head[1::2].count(0)
        return _decode(content, "utf-16-be" if even else "utf-16-le")
    if 0 in head:
        raise TableError("format")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(content, "gb18030" if _is_chinese(content) else "cp1252")


def _decode(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableError("encoding") from error


def _is_chinese(content):
    """Whether the bytes read as GB18030 with mostly first-level hanzi (GB 2312)."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = [char for char in text[:20000] if ord(char) > 0x7F]
    common = 0
    for char in foreign:
        code = char.encode("gb18030")
        common += len(code) == 2 and 0xA1 <= code[0] <= 0xD7 and code[1] >= 0xA1
    return common >= 0.6 * len(foreign)


def sniff_delimiter(text):
    """The delimiter that cuts most records into the same number of fields.

    A first line ``sep=;``, as some spreadsheets write, decides and is dropped.

    :return: (delimiter, text)
    """
    first, _newline, rest = text.partition("\n")
    declared = first.strip().strip('"').lower()
    if declared.startswith("sep=") and len(declared) == 5:
        return declared[-1], "\n" + rest
    return max(DELIMITERS, key=lambda mark: _score(text, mark)), text


def _score(text, delimiter):
    """(share of records with the usual width, that width): higher is likelier."""
    widths = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            if record:
                widths.append(len(record))
            if len(widths) == SAMPLE_RECORDS:
                break
    except csv.Error:
        return 0, 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0, 0
    usual = max(set(wide), key=wide.count)
    return wide.count(usual) / len(widths), usual
