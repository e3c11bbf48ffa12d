import base64

from odoo.addons.aftersales_import.tests.common import make_xlsx

from .common import WarrantyCommon

HEADER = [
    "产品型号",
    "整机编号",
    "购机日期",
    "发票号",
    "用户姓名",
    "电话",
    "地址",
    "寄回日期",
    "作业小时",
    "经销商代码",
]
MODEL = "H1"


class CardImportCommon(WarrantyCommon):
    """Import jobs from rows as a dealer writes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine.default_code = MODEL
        cls.other_machine = cls.env["product.product"].create(
            {
                "name": "Seeder",
                "default_code": "S1",
                "is_storable": True,
                "tracking": "serial",
                "categ_id": cls.category.id,
                "is_machine": True,
            }
        )

    @classmethod
    def _create_job(cls, rows, user=None, header=None, **vals):
        jobs = cls.env["aftersales.import.job"].with_user(user or cls.user_support)
        content = make_xlsx([header or HEADER, *rows])
        return jobs.create(
            {
                "kind": "card",
                "file": base64.b64encode(content),
                "filename": "slips.xlsx",
                **vals,
            }
        )

    @classmethod
    def _import(cls, rows, user=None, **vals):
        job = cls._create_job(rows, user, **vals)
        job.action_preview()
        job.action_import()
        return job

    @staticmethod
    def _row(serial, sold="2026-03-01", returned="2026-03-10", **cells):
        values = {
            "产品型号": MODEL,
            "整机编号": serial,
            "购机日期": sold,
            "发票号": f"F-{serial}",
            "用户姓名": "王五",
            "电话": "13800138000",
            "地址": "黑龙江",
            "寄回日期": returned,
            "经销商代码": "A01",
            **cells,
        }
        return [values.get(name) for name in HEADER]

    def _get_cards(self, *serials):
        return self.env["aftersales.warranty.card"].search(
            [("serial", "in", serials)], order="serial"
        )
