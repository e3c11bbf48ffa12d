import doctest
import io

import xlwt

from odoo.tests import tagged

from odoo.addons.aftersales_import.tests.common import ImportCommon, make_xlsx

from ..models import aftersales_import_kind_part
from .common import MasterCommon

HEADER = ["零件号", "零件名称", "规格", "配件类别"]
HEADER += ["单价", "易损件", "适用机型", "替代件号"]


@tagged("post_install", "-at_install")
class TestImportPart(ImportCommon, MasterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model.default_code = "4LZ-6.0"
        cls.other_model.default_code = "4LZ-8.0"

    def _get_row(self, **changes):
        row = {
            "number": "B-77",
            "name": "V-belt",
            "spec": "B-2360",
            "class": "WEAR",
            "price": 85.5,
            "wear": "是",
            "fits": "4LZ-6.0 x2；4LZ-8.0",
            "supersedes": None,
            **changes,
        }
        return list(row.values())

    def _run(self, *rows):
        return self._import(make_xlsx([HEADER, *rows]), self.user_keeper, kind="part")

    def _preview(self, *rows):
        content = make_xlsx([HEADER, *rows])
        job = self._create_job(content, self.user_keeper, kind="part")
        job.action_preview()
        return job

    def _find(self, number):
        return self.env["product.product"].search([("default_code", "=", number)])

    def test_new_part_is_created_with_its_machines(self):
        self.assertAccount(self._run(self._get_row()), 1, imported=1)
        belt = self._find("B-77")
        self.assertRecordValues(
            belt,
            [
                {
                    "name": "V-belt",
                    "part_spec": "B-2360",
                    "list_price": 85.5,
                    "part_class_id": self.class_wear.id,
                    "is_wear_part": True,
                    "is_storable": True,
                }
            ],
        )
        self.assertRecordValues(
            belt.fit_ids.sorted("quantity"),
            [
                {"machine_id": self.other_model.id, "quantity": 1},
                {"machine_id": self.model.id, "quantity": 2},
            ],
        )

    def test_known_part_gets_the_new_price_and_keeps_the_rest(self):
        self._run(self._get_row())
        self._run(self._get_row(name=None, spec=None, price=90, fits=None))
        belt = self._find("B-77")
        self.assertEqual((belt.list_price, belt.name), (90.0, "V-belt"))
        self.assertEqual(len(belt.fit_ids), 2)

    def test_same_list_twice_changes_nothing(self):
        self._run(self._get_row())
        self.assertAccount(self._preview(self._get_row()), 1, skipped=1)

    def test_pieces_per_machine_are_corrected(self):
        self._run(self._get_row())
        self._run(self._get_row(fits="4LZ-6.0 x3"))
        counts = {fit.machine_id: fit.quantity for fit in self._find("B-77").fit_ids}
        self.assertEqual(counts, {self.model: 3, self.other_model: 1})

    def test_old_number_below_the_new_one_in_the_list(self):
        self._run(
            self._get_row(number="B-78", supersedes="B-77"),
            self._get_row(number="B-77"),
        )
        self.assertEqual(self._find("B-77").superseded_by_id, self._find("B-78"))

    def test_what_cannot_be_told_is_refused_with_its_column(self):
        job = self._preview(
            self._get_row(price=-1),
            self._get_row(number="B-2", **{"class": "Nonsense"}),
            self._get_row(number="B-3", fits="Unknown machine"),
            self._get_row(number="B-4", supersedes="B-4"),
            self._get_row(number="B-5", supersedes="Never heard"),
            self._get_row(number="B-6", name=None),
        )
        self.assertAccount(job, 6, refused=6)
        self.assertEqual(
            job.line_ids.sorted("row").mapped("column"),
            ["单价", "配件类别", "适用机型", "替代件号", "替代件号", "零件名称"],
        )

    def test_unit_of_a_known_part_is_not_changed(self):
        header = ["零件号", "零件名称", "单位"]
        row = ["P-1", "Pump", self.env.ref("uom.product_uom_kgm").name]
        content = make_xlsx([header, row])
        job = self._create_job(content, self.user_keeper, kind="part")
        job.action_preview()
        self.assertAccount(job, 1, refused=1)

    def test_old_excel_file_is_taken_over_like_a_new_one(self):
        book = xlwt.Workbook()
        page = book.add_sheet("价格表")
        for number, row in enumerate([HEADER, self._get_row()]):
            for column, value in enumerate(row):
                page.write(number, column, value)
        buffer = io.BytesIO()
        book.save(buffer)
        job = self._import(
            buffer.getvalue(), self.user_keeper, kind="part", filename="list.xls"
        )
        self.assertAccount(job, 1, imported=1)
        belt = self._find("B-77")
        self.assertEqual((belt.name, belt.list_price), ("V-belt", 85.5))
        self.assertEqual(sum(belt.fit_ids.mapped("quantity")), 3)

    def _preview_tracking(self, number, word):
        header = ["零件号", "零件名称", "追溯方式"]
        content = make_xlsx([header, [number, "Pump", word]])
        job = self._create_job(content, self.user_keeper, kind="part")
        job.action_preview()
        return job

    def test_serial_or_lot_comes_with_the_list(self):
        for number, word, tracking in (
            ("T-1", "序列号", "serial"),
            ("T-2", "批次", "lot"),
            ("T-3", None, "none"),
        ):
            with self.subTest(word=word):
                self._preview_tracking(number, word).action_import()
                self.assertEqual(self._find(number).tracking, tracking)

    def test_part_with_stock_keeps_how_it_is_followed(self):
        """Ten pumps without a number lie in the warehouse."""
        job = self._preview_tracking("P-1", "序列号")
        self.assertAccount(job, 1, refused=1)
        self.assertEqual(job.line_ids.column, "追溯方式")
        self.assertEqual(self.pump.tracking, "none")

    def test_unknown_way_of_following_is_refused(self):
        job = self._preview_tracking("T-4", "maybe")
        self.assertAccount(job, 1, refused=1)
        self.assertIn("serial, lot or none", job.line_ids.reason)

    def test_keeper_sees_no_jobs_of_customers(self):
        job = self._create_job(
            make_xlsx([["客户姓名"], ["Li"]]), self.user_support, kind="customer"
        )
        jobs = self.env["aftersales.import.job"].with_user(self.user_keeper)
        self.assertNotIn(job.id, jobs.search([]).ids)

    def test_doctests(self):
        self.assertFalse(doctest.testmod(aftersales_import_kind_part).failed)
