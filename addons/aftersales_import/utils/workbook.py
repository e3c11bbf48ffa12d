"""Write the rows that were not imported as a workbook to correct and send again."""

import io
from datetime import date, datetime, time

import xlsxwriter

WIDTH = 16


def write_workbook(sheets, titles):
    """
    :param sheets: list of (name, header cells, rows), a row being (cells, verdict,
        reason, indexes of the wrong cells)
    :param titles: headings of the two columns put in front: verdict, reason
    :return: bytes of an .xlsx file
    """
    buffer = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "wrong": book.add_format({"bg_color": "#F8D7DA"}),
            "wrong_date": book.add_format(
                {"bg_color": "#F8D7DA", "num_format": "yyyy-mm-dd"}
            ),
        }
        names = set()
        for name, header, rows in sheets:
            sheet = book.add_worksheet(_get_name(name, names))
            _write_sheet(sheet, formats, [*header, *titles], len(header), rows)
    return buffer.getvalue()


def _write_sheet(sheet, formats, header, width, rows):
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, width - 1, WIDTH)
    sheet.set_column(width, width, WIDTH)
    sheet.set_column(width + 1, width + 1, 4 * WIDTH)
    for column, title in enumerate(header):
        _write(sheet, 0, column, title, formats["head"])
    for number, (cells, verdict, reason, wrong) in enumerate(rows, start=1):
        for column, value in enumerate(cells[:width]):
            if value is not None:
                moment = isinstance(value, date)
                style = formats["wrong_date" if moment else "wrong"]
                _write(sheet, number, column, value, style if column in wrong else None)
        sheet.write_string(number, width, verdict)
        sheet.write_string(number, width + 1, reason)


def _write(sheet, row, column, value, style):
    """Write a value as what it is; text stays text, whatever it looks like."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, datetime | date | time):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value or ""), style)


def _get_name(name, names):
    """A legal sheet name that is not taken yet."""
    clean = "".join(char for char in name if char not in "[]:*?/\\").strip("'")[:28]
    candidate = clean or "Sheet"
    counter = 1
    while candidate.casefold() in names:
        counter += 1
        candidate = f"{clean or 'Sheet'}{counter}"
    names.add(candidate.casefold())
    return candidate
