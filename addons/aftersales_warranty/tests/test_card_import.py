from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common_card_import import MODEL, CardImportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01")
class TestCardImport(CardImportCommon):
    """Cards from a dealer's workbook."""

    def test_cards_get_serial_customer_dates_and_reading(self):
        job = self._import(
            [
                self._row("t001", 作业小时="120小时"),
                self._row("T002", "2026年3月1日", 46091, 用户姓名="赵六"),
                self._row("Ｔ００３", "2026.3.1", "2026-03-22"),
            ]
        )
        self.assertEqual((job.state, job.imported), ("done", 3))
        cards = self._get_cards("T001", "T002", "T003")
        common = {
            "state": "submitted",
            "dealer_id": self.dealer_a.id,
            "product_id": self.machine.id,
            "sale_date": date(2026, 3, 1),
            "policy_id": self.policy.id,
            "start_date": date(2026, 3, 1),
            "end_date": date(2027, 3, 1),
            "import_job_id": job.id,
        }
        self.assertRecordValues(
            cards,
            [
                {**common, "serial": "T001", "registration": "on_time", "usage": 120},
                {**common, "serial": "T002", "registration": "on_time", "usage": 0},
                {**common, "serial": "T003", "registration": "late", "usage": 0},
            ],
        )
        self.assertEqual(cards.mapped("reimbursable"), [True, True, False])
        self.assertEqual(cards.lot_id.mapped("name"), ["T001", "T002", "T003"])
        self.assertEqual(cards.mapped("partner_id.name"), ["王五", "赵六"])
        self.assertEqual(cards[0].partner_id, cards[2].partner_id)
        self.assertEqual(cards[0].partner_id.dealer_id, self.dealer_a)
        self.assertRecordValues(
            cards.reading_ids,
            [
                {
                    "value": 120,
                    "total": 120,
                    "date": date(2026, 3, 10),
                    "source": "import",
                }
            ],
        )

    def test_numbers_are_drawn_from_the_sequence_without_a_gap(self):
        self._import([self._row(f"T{i:03d}") for i in range(5)])
        names = self._get_cards(*[f"T{i:03d}" for i in range(5)]).mapped("name")
        numbers = [int(name[-6:]) for name in names]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 5)))
        draft = self._create_card("T999")
        self.assertEqual(int(draft.name[-6:]), numbers[-1] + 1)

    def test_preview_tells_the_verdict_of_each_row(self):
        self._import([self._row("T001")])
        job = self._create_job(
            [
                self._row("T001"),
                self._row("T002"),
                self._row("T003", returned="2026-03-22"),
                self._row("T004", "tomorrow"),
            ]
        )
        job.action_preview()
        self.assertEqual(
            job.verdicts, {"duplicate": 1, "on_time": 1, "late": 1, "refused": 1}
        )
        for text in ("Duplicate", "On time", "Late", "Refused"):
            self.assertIn(text, job.preview)
        self.assertFalse(self._get_cards("T002", "T003", "T004"))

    def test_one_wrong_row_keeps_the_whole_file_out(self):
        job = self._create_job([self._row("T001"), self._row("T002", 产品型号="??")])
        job.action_preview()
        with self.assertRaises(UserError):
            job.action_import()
        self.assertFalse(self._get_cards("T001", "T002"))
        self.assertFalse(self.env["stock.lot"].search([("name", "=", "T001")]))
        job.policy = "good"
        job.action_import()
        self.assertEqual(self._get_cards("T001", "T002").serial, "T001")
        self.assertEqual((job.imported, job.refused, job.total), (1, 1, 2))

    def test_same_file_twice_changes_nothing(self):
        rows = [self._row("T001", 作业小时=10), self._row("T002", returned=None)]
        self._import(rows)
        before = self._count()
        job = self._create_job(rows)
        job.action_preview()
        self.assertEqual((job.total, job.skipped, job.ready), (2, 2, 0))
        with self.assertRaises(UserError):
            job.action_import()
        self.assertEqual(self._count(), before)

    def _count(self):
        """Records and messages of what an import makes."""
        counts = {}
        for name in (
            "aftersales.warranty.card",
            "aftersales.warranty.reading",
            "stock.lot",
            "res.partner",
        ):
            domain = [("model", "=", name)]
            counts[name] = (
                self.env[name].with_context(active_test=False).search_count([]),
                self.env["mail.message"].search_count(domain),
            )
        return counts

    def test_wrong_cells_are_named_by_row_column_and_reason(self):
        job = self._create_job(
            [
                self._row("T001", "2026-07-01"),
                self._row("T002", "2026-02-30"),
                self._row("T003", returned="2026-02-01"),
                self._row("T004", 产品型号="Tank"),
                self._row("T005", 经销商代码="Z99"),
                self._row("T006", 用户姓名=None),
                self._row("T007", 作业小时="-5"),
                self._row(1234567890123456),
                self._row("T009", 电话="none of your business"),
            ]
        )
        job.action_preview()
        self.assertEqual((job.refused, job.ready), (9, 0))
        lines = [(line.row, line.column, line.reason[:24]) for line in job.line_ids]
        self.assertEqual(
            lines,
            [
                (2, "购机日期", "This day lies in the fut"),
                (3, "购机日期", "This is no date. Write i"),
                (4, "寄回日期", "The slip cannot have com"),
                (5, "产品型号", "There is no machine with"),
                (6, "经销商代码", "There is no dealer with "),
                (7, "用户姓名", "The cell is empty. This "),
                (8, "作业小时", "A meter reading cannot b"),
                (9, "整机编号", "The number is too long t"),
                (10, "电话", "This is no phone number."),
            ],
        )
        self.assertFalse(self._get_cards("T001", "T003", "T009"))

    def test_machine_twice_in_a_file(self):
        job = self._create_job(
            [
                self._row("T001"),
                self._row("T001"),
                self._row("T001", 用户姓名="Another"),
                self._row("T001", 产品型号="S1"),
            ]
        )
        job.action_preview()
        self.assertEqual((job.ready, job.skipped, job.refused), (2, 1, 1))
        self.assertRecordValues(
            job.line_ids,
            [{"row": 3, "verdict": "duplicate"}, {"row": 4, "verdict": "refused"}],
        )

    def test_registered_with_another_sale_date_is_refused_by_name(self):
        card = self._create_card("T001")
        job = self._create_job([self._row("T001", "2026-03-02")])
        job.action_preview()
        self.assertEqual(job.refused, 1)
        self.assertIn(card.name, job.line_ids.reason)

    def test_machine_of_a_void_card_can_be_registered_again(self):
        card = self._create_card("T001")
        card.with_user(self.user_manager).action_void("Wrong machine")
        self._import([self._row("T001", 用户姓名="New owner")])
        self.assertEqual(
            sorted(self._get_cards("T001").mapped("state")), ["submitted", "void"]
        )

    def test_dealer_imports_for_himself_and_today(self):
        rows = [self._row("T001", "2026-05-20", "2026-05-21", 经销商代码=None)]
        job = self._import(rows, self.user_agent_a, dealer_id=self.dealer_b.id)
        card = self._get_cards("T001")
        self.assertRecordValues(
            card,
            [
                {
                    "dealer_id": self.dealer_a.id,
                    "returned_on": date(2026, 6, 1),
                    "registration": "on_time",
                    "create_uid": self.user_agent_a.id,
                }
            ],
        )
        self.assertIn("寄回日期", job.notices)
        self.assertEqual(card.with_user(self.user_agent_a).partner_id.name, "王五")

    def test_dealer_cannot_predate_a_late_slip(self):
        self._import([self._row("T001", "2026-03-01", "2026-03-02")], self.user_agent_a)
        self.assertEqual(self._get_cards("T001").registration, "late")

    def test_dealer_cannot_import_for_another_dealer(self):
        job = self._create_job([self._row("T001", 经销商代码="B01")], self.user_agent_a)
        job.action_preview()
        self.assertEqual(job.refused, 1)
        self.assertNotIn("Southern", job.line_ids.reason)
        self.assertNotIn("Southern", job.preview)

    def test_another_dealers_card_is_refused_without_a_name(self):
        card = self._create_card(
            "T001",
            self.user_agent_b,
            dealer_id=self.dealer_b.id,
            partner_id=self.customer_b.id,
        )
        job = self._create_job([self._row("T001")], self.user_agent_a)
        job.action_preview()
        self.assertEqual(job.refused, 1)
        for secret in (card.name, "B01", "Southern", "Farmer Li"):
            self.assertNotIn(secret, job.line_ids.reason)
            self.assertNotIn(secret, job.preview)

    def test_suspended_dealer_cannot_import(self):
        self.dealer_a.with_user(self.user_manager)._take_measure("suspend", "Late")
        job = self._create_job([self._row("T001")], self.user_agent_a)
        with self.assertRaisesRegex(UserError, "suspended"):
            job.action_preview()

    def test_other_roles_cannot_import_cards(self):
        for user in (self.user_keeper, self.user_inspector, self.user_accountant):
            with self.assertRaises(AccessError):
                self._create_job([self._row("T001")], user)

    def test_english_headers_in_another_order(self):
        header = ["Serial No.", "Dealer Code", "Model", "Sale Date", "Customer Name"]
        row = ["T001", "A01", MODEL, "05/03/2026", "Wang"]
        job = self._create_job([row, [*row]], header=header)
        job.action_preview()
        self.assertIn("Sale Date", job.notices)  # the order of day and month is a guess
        job.action_import()
        self.assertEqual(self._get_cards("T001").sale_date, date(2026, 3, 5))
        self.assertEqual((job.imported, job.skipped), (1, 1))
