import doctest
from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..utils import bulk, headers, parse, xlsx
from ..utils.tabular import CellError


@tagged("post_install", "-at_install")
class TestParse(BaseCase):
    """What people type."""

    def assertRefused(self, code, function, raw, **options):
        with self.assertRaises(parse.ParseError) as caught:
            function(raw, **options)
        self.assertEqual(caught.exception.code, code)

    def test_examples_in_the_documentation(self):
        for module in (bulk, headers, parse, xlsx):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def test_one_day_in_many_forms(self):
        for raw in (
            "2024-03-05",
            "2024/3/5",
            "2024.3.5",
            "2024年3月5日",
            "2024 年 3 月 5 日",
            "20240305",
            20240305,
            20240305.0,
            "２０２４－０３－０５",
            "2024-03-05 00:00:00",
            "2024-03-05T14:30:00+08:00",
            "2024/3/5 下午 2:30",
            "05.03.2024",
            "5/3/2024",
            45356,
            45356.75,
            "45356",
            datetime(2024, 3, 5, 14, 30),
            date(2024, 3, 5),
        ):
            with self.subTest(raw):
                self.assertEqual(parse.parse_date(raw), date(2024, 3, 5))

    def test_what_is_no_date(self):
        for raw in ("2024-02-30", "24-3-5", "soon", 5, 2024, True, "2024-13-01", 1.5):
            with self.subTest(raw):
                self.assertRefused("date", parse.parse_date, raw)
        for raw in (None, "", "  ", "-", "/", "无"):
            self.assertIsNone(parse.parse_date(raw))

    def test_the_column_decides_what_05_03_means(self):
        self.assertTrue(parse.decide_day_first(["05/03/2024", "13/03/2024"]))
        self.assertFalse(parse.decide_day_first(["05/03/2024", "03/13/2024"]))
        self.assertIsNone(parse.decide_day_first(["05/03/2024"]))
        self.assertIsNone(parse.decide_day_first(["13/03/2024", "03/13/2024"]))
        self.assertEqual(
            parse.parse_date("05/03/2024", day_first=False), date(2024, 5, 3)
        )

    def test_1904_day_numbers(self):
        self.assertEqual(parse.parse_date(43894, date1904=True), date(2024, 3, 5))

    def test_numbers(self):
        for raw, value in (
            ("1,234.50", 1234.5),
            ("1.234,50", 1234.5),
            ("1,5", 1.5),
            ("1,234", 1234.0),
            ("12,34,567", 0),
            ("120 小时", 120.0),
            ("5000km", 5000.0),
            ("¥1 200", 1200.0),
            ("-3", -3.0),
            (7, 7.0),
        ):
            with self.subTest(raw):
                if value or raw == "-":
                    self.assertEqual(parse.parse_number(raw), value)
                else:
                    self.assertRefused("number", parse.parse_number, raw)
        for raw in ("many", "12 apples", True, date(2024, 1, 1), "1-2"):
            with self.subTest(raw):
                self.assertRefused("number", parse.parse_number, raw)

    def test_serials_keep_their_digits(self):
        self.assertEqual(parse.parse_serial(" dx－604\u3000a "), "DX-604A")
        self.assertEqual(parse.parse_serial("00123"), "00123")
        self.assertEqual(parse.parse_serial(123456789012345), "123456789012345")
        self.assertRefused("digits", parse.parse_serial, 1234567890123456.0)
        self.assertRefused("serial", parse.parse_serial, 1.5)
        self.assertRefused("serial", parse.parse_serial, datetime(2024, 1, 1))

    def test_phones_booleans_and_cell_errors(self):
        self.assertEqual(parse.parse_phone(13800138000), "13800138000")
        self.assertRefused("phone", parse.parse_phone, "call me at five")
        self.assertRefused("boolean", parse.parse_boolean, "maybe")
        self.assertIs(parse.parse_boolean("否"), False)
        for function in (parse.parse_text, parse.parse_number, parse.parse_serial):
            self.assertRefused("error", function, CellError("#N/A"))

    def test_header_row_is_found_below_titles(self):
        synonyms = {"整机编号": "serial", "购机日期": "date", "电话": "phone"}
        rows = [
            (1, ["三包回执汇总表"]),
            (2, ["填表人", "电话", "13800138000"]),
            (4, ["序号", "整机编号*", " 购机日期（必填）", "电 话"]),
            (5, [1, "X1", "2024-01-01", "13800138000"]),
        ]
        self.assertEqual(headers.find_header(rows, synonyms), 2)
        self.assertEqual(
            headers.map_headers(rows[2][1], synonyms),
            {
                "序号": None,
                "整机编号*": "serial",
                "购机日期（必填）": "date",
                "电 话": "phone",
            },
        )
        self.assertIsNone(headers.find_header(rows[:2], synonyms))
        signature = headers.get_signature(rows[0][1])
        self.assertEqual(headers.find_header(rows, synonyms, {signature}), 0)
