"""Read a table file as people send it: .xls, .xlsx or delimited text.

Plain Python without the ORM. What a file *is* is decided by its content, because
names lie: systems export HTML or text as ``.xls``.
"""

from dataclasses import dataclass, field

from .collector import collector_paused

MAX_ROWS = 200_000
MAX_COLUMNS = 512
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class TableError(Exception):
    """The file cannot be read as a table.

    :param str code: key of the sentence shown to the user, see
        ``aftersales.import.job._get_file_refusal``
    :param values: what the sentence names
    """

    def __init__(self, code, **values):
        super().__init__(code, values)
        self.code = code
        self.values = values


class CellError(str):
    """The text of a spreadsheet error such as ``#N/A``, where a value should be."""


@dataclass
class Sheet:
    """One sheet: its rows with their number as the spreadsheet shows it (from 1).

    :param rows: list of ``(number, cells)``; empty rows are left out, ``cells`` is a
        list of ``None``, ``str``, ``int``, ``float``, ``bool``, ``datetime``,
        ``date``, ``time`` or :class:`CellError`, trailing empty cells cut off
    :param hidden: the user does not see this sheet in his spreadsheet program
    :param date1904: day numbers count from 1904 (old Mac workbooks)
    """

    name: str
    rows: list = field(default_factory=list)
    hidden: bool = False
    date1904: bool = False

    def add(self, number, cells):
        """Append a row unless it is empty.

        :raises TableError: more rows or columns than any real list has
        """
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells.pop()
        if not cells:
            return
        if len(cells) > MAX_COLUMNS:
            raise TableError("columns", sheet=self.name, limit=MAX_COLUMNS)
        if len(self.rows) >= MAX_ROWS:
            raise TableError("rows", sheet=self.name, limit=MAX_ROWS)
        self.rows.append((number, cells))


def read_table(content, filename=""):
    """All sheets of a table file.

    :param bytes content: the file
    :param str filename: only names the single sheet of a text file
    :return: list of :class:`Sheet`
    :raises TableError: the file is empty, damaged, protected or no table
    """
    with collector_paused():
        return _read(content, filename)


def _read(content, filename):
    if not content or not content.strip(b"\0 \t\r\n"):
        raise TableError("empty")
    if content.startswith(ZIP_MAGIC):
        from .xlsx import read_xlsx

        return read_xlsx(content)
    if content.startswith(OLE_MAGIC):
        from .xls import read_xls

        return read_xls(content)
    if _is_markup(content):
        raise TableError("markup")
    if content.startswith(b"%PDF"):
        raise TableError("format")
    from .delimited import read_delimited

    return read_delimited(content, filename)


def _is_markup(content):
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta"))
