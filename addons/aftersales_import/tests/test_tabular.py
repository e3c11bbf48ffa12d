import io
import zipfile
from datetime import datetime, time

import openpyxl
import xlsxwriter
import xlwt

from odoo.tests import BaseCase, tagged

from ..utils import xlsx
from ..utils.tabular import CellError, TableError, read_table
from .common import make_csv, make_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rewrite(content, **parts):
    """An .xlsx file with some parts replaced; dots and slashes are ``__`` and ``_``."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = parts.get(name.rsplit("/", 1)[-1].split(".")[0])
            target.writestr(name, source.read(name) if data is None else data)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestReadXlsx(BaseCase):
    """Workbooks in every form programs write them."""

    def _read(self, content):
        return [(s.name, s.rows, s.hidden) for s in read_table(content, "x.xlsx")]

    def _sheet(self, body, **parts):
        """The rows of a sheet given as XML."""
        data = (
            f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{body}'
            "</worksheet>"
        )
        return read_table(rewrite(make_xlsx([["x"]]), sheet1=data, **parts))[0].rows

    def test_types_of_cells(self):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            sheet = book.add_worksheet("S")
            day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
            clock = book.add_format({"num_format": "hh:mm"})
            sheet.write_row(0, 0, ["a & <b>", 5, 5.5, True])
            sheet.write_datetime(0, 4, datetime(2024, 3, 5), day)
            sheet.write_number(0, 5, 0.25, clock)
            sheet.write_formula(0, 6, "=1/0", None, "#DIV/0!")
            sheet.write_formula(0, 7, "=1+1", None, 2)
            sheet.write_formula(0, 8, '="x"', None, "x")
            sheet.write_rich_string(0, 9, "bo", book.add_format({"bold": 1}), "ld")
        [(name, rows, hidden)] = self._read(buffer.getvalue())
        self.assertEqual((name, hidden), ("S", False))
        [(number, cells)] = rows
        expected = ["a & <b>", 5, 5.5, True, datetime(2024, 3, 5), time(6)]
        self.assertEqual((number, cells[:6]), (1, expected))
        self.assertEqual(cells[6:], ["#DIV/0!", 2, "x", "bold"])
        self.assertIsInstance(cells[6], CellError)
        self.assertIs(type(cells[1]), int)

    def test_short_cut_and_parser_agree_with_openpyxl(self):
        book = openpyxl.Workbook()
        for row in range(1, 40):
            for column in range(1, 9):
                if (row * column) % 5:
                    value = datetime(2024, 1, row % 28 + 1) if column == 3 else None
                    cell = book.active.cell(row, column)
                    cell.value = value or (
                        row * 1.5 if column == 4 else f"t {row}&{column}"
                    )
        buffer = io.BytesIO()
        book.save(buffer)
        content = buffer.getvalue()
        fast = read_table(content)[0].rows
        self.patch(xlsx, "read_rows", lambda *_arguments: None)
        self.patch(xlsx, "read_strings", lambda _data: None)
        slow = read_table(content)[0].rows
        self.assertEqual(fast, slow)
        for number, cells in slow:
            other = [cell.value for cell in book.active[number]]
            while other and other[-1] is None:
                other.pop()
            self.assertEqual(cells, other)

    def test_sheets_in_order_hidden_ones_marked_empty_rows_left_out(self):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            book.add_worksheet("一").write(4, 1, "x")
            book.add_worksheet("二").hide()
        self.assertEqual(
            self._read(buffer.getvalue()),
            [("一", [(5, [None, "x"])], False), ("二", [], True)],
        )

    def test_1904_date_system(self):
        content = make_xlsx([[datetime(2024, 3, 5)]], date_1904=True)
        [sheet] = read_table(content)
        self.assertTrue(sheet.date1904)
        self.assertEqual(sheet.rows, [(1, [datetime(2024, 3, 5)])])

    def test_merged_cells_fill_downwards(self):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            sheet = book.add_worksheet()
            sheet.merge_range(0, 0, 2, 0, "dealer")
            sheet.merge_range(0, 1, 0, 2, "wide")
            for row in range(3):
                sheet.write(row, 3, row)
        rows = read_table(buffer.getvalue())[0].rows
        self.assertEqual(
            rows,
            [
                (1, ["dealer", "wide", None, 0]),
                (2, ["dealer", None, None, 1]),
                (3, ["dealer", None, None, 2]),
            ],
        )

    def test_inline_strings_phonetics_and_missing_references(self):
        rows = self._sheet(
            "<sheetData><row><c t='inlineStr'><is><t>a</t></is></c>"
            "<c><v>2</v></c></row>"
            "<row r='7'><c r='B7' t='inlineStr'><is><r><t>北</t></r><r><t>京</t></r>"
            "<rPh sb='0' eb='1'><t>bei</t></rPh></is></c></row></sheetData>"
        )
        self.assertEqual(rows, [(1, ["a", 2]), (7, [None, "北京"])])

    def test_prefixed_namespace(self):
        data = (
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="3"><x:c r="C3">'
            "<x:v>1.5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        )
        content = rewrite(make_xlsx([["x"]]), sheet1=data)
        self.assertEqual(read_table(content)[0].rows, [(3, [None, None, 1.5])])

    def assertRefused(self, code, content):
        with self.assertRaises(TableError) as caught:
            read_table(content, "x.xlsx")
        self.assertEqual(caught.exception.code, code)

    def test_entities_are_refused(self):
        attack = (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr">'
            "<is><t>&e;</t></is></c></row></sheetData></worksheet>"
        )
        self.assertRefused("entities", rewrite(make_xlsx([["x"]]), sheet1=attack))
        plain = attack.replace('t="inlineStr"><is><t>&e;</t></is>', "><v>1</v>")
        self.assertRefused("entities", rewrite(make_xlsx([["x"]]), sheet1=plain))

    def test_bombs_are_refused_before_they_unpack(self):
        self.patch(xlsx, "RATIO_FLOOR", 100_000)
        bomb = b" " * 20_000_000
        self.assertRefused("bomb", rewrite(make_xlsx([["x"]]), sheet1=bomb))

    def test_damaged_protected_and_foreign_files_are_told_apart(self):
        content = make_xlsx([["x"] * 50] * 50)
        self.assertRefused("damaged", content[: len(content) // 2])
        self.assertRefused("damaged", rewrite(content, sheet1=b"<worksheet"))
        protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode(
            "utf-16-le"
        )
        self.assertRefused("encrypted", protected)
        self.assertRefused("damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 200)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        self.assertRefused("format", buffer.getvalue())
        self.assertRefused("empty", b"")


@tagged("post_install", "-at_install")
class TestReadOthers(BaseCase):
    """Old workbooks and text files."""

    def test_xls(self):
        book = xlwt.Workbook()
        sheet = book.add_sheet("老")
        style = xlwt.easyxf(num_format_str="YYYY-MM-DD")
        sheet.write(1, 0, "整机编号")
        sheet.write(1, 1, 12.0)
        sheet.write(1, 2, 1.5)
        sheet.write(1, 3, datetime(2024, 3, 5), style)
        sheet.write(1, 4, True)
        buffer = io.BytesIO()
        book.save(buffer)
        [found] = read_table(buffer.getvalue(), "x.xls")
        self.assertEqual(found.name, "老")
        cells = ["整机编号", 12, 1.5, datetime(2024, 3, 5), True]
        self.assertEqual(found.rows, [(2, cells)])

    def test_text_in_every_usual_encoding(self):
        rows = [["用户姓名", "电话"], ["张三", "13800138000"]]
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"):
            with self.subTest(encoding):
                [sheet] = read_table(make_csv(rows, encoding), "名单.csv")
                self.assertEqual(sheet.rows, [(1, rows[0]), (2, rows[1])])
                self.assertEqual(sheet.name, "名单")

    def test_western_text_is_not_read_as_chinese(self):
        rows = [["name", "city"], ["Réparothons", "Montréal"], ["Müller", "Köln"]]
        [sheet] = read_table(make_csv(rows, "cp1252"), "x.csv")
        self.assertEqual([cells for _number, cells in sheet.rows], rows)

    def test_delimiters_and_declared_ones(self):
        rows = [["a", "b;c"], ["1,5", "x"]]
        for delimiter in "\t|":
            [sheet] = read_table(make_csv(rows, delimiter=delimiter), "x.txt")
            self.assertEqual([cells for _number, cells in sheet.rows], rows)
        [sheet] = read_table(b"sep=;\r\na;b,c,d,e\r\n1;2", "x.csv")
        self.assertEqual(sheet.rows, [(2, ["a", "b,c,d,e"]), (3, ["1", "2"])])

    def test_quoted_line_breaks_and_empty_lines_keep_row_numbers(self):
        [sheet] = read_table(b'a,b\r\n\r\n"x\ny","say ""hi"""\r\nz,\r\n', "x.csv")
        self.assertEqual(
            sheet.rows, [(1, ["a", "b"]), (3, ["x\ny", 'say "hi"']), (4, ["z"])]
        )

    def test_binary_content_is_no_text(self):
        with self.assertRaises(TableError) as caught:
            read_table(bytes(range(1, 256)) + b"\0" * 3, "x.csv")
        self.assertEqual(caught.exception.code, "format")
