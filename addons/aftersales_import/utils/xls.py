"""Excel 97-2003 workbooks, by xlrd."""

import io
from datetime import time

import xlrd

from .tabular import CellError, Sheet, TableError

# A protected .xlsx is an OLE file too; this is the name of its only stream.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def read_xls(content):
    """
    :return: list of :class:`~.tabular.Sheet`
    :raises TableError: damaged or protected
    """
    if ENCRYPTED_STREAM in content:
        raise TableError("encrypted")
    try:
        # its warnings about odd files are for nobody: what matters is raised
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        with book:
            return [_read_sheet(book, sheet) for sheet in book.sheets()]
    except TableError:
        raise
    except xlrd.XLRDError as error:
        code = "encrypted" if "encrypted" in str(error).lower() else "damaged"
        raise TableError(code) from error
    # a damaged OLE file makes xlrd fail in any of many ways
    except Exception as error:
        raise TableError("damaged") from error


def _read_sheet(book, sheet):
    result = Sheet(
        name=sheet.name, hidden=bool(sheet.visibility), date1904=bool(book.datemode)
    )
    readers = {
        xlrd.XL_CELL_TEXT: lambda value: value,
        xlrd.XL_CELL_NUMBER: lambda value: int(value) if value.is_integer() else value,
        xlrd.XL_CELL_DATE: lambda value: _to_date(value, book.datemode),
        xlrd.XL_CELL_BOOLEAN: bool,
        xlrd.XL_CELL_ERROR: lambda value: CellError(
            xlrd.error_text_from_code.get(value, "#ERR!")
        ),
    }
    for index in range(sheet.nrows):
        cells = [
            readers[kind](value) if kind in readers else None
            for kind, value in zip(
                sheet.row_types(index), sheet.row_values(index), strict=True
            )
        ]
        result.add(index + 1, cells)
    return result


def _to_date(value, datemode):
    try:
        moment = xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return value
    return moment.time() if 0 <= value < 1 and moment.time() != time() else moment
