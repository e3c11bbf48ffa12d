from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOON, AnalysisCommon


@tagged("post_install", "-at_install")
class TestConsumption(AnalysisCommon):
    """Three pumps at the dealer's price of 200 and our cost of 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._sell(cls.dealer_a, 1)
        cls._stock_up(cls.dealer_a, 50)
        cls.symptom, cls.cause = (
            cls.env["aftersales.fault"].search([("kind", "=", kind)], limit=1)
            for kind in ("symptom", "cause")
        )
        cls.pump.abc_class = "a"
        cls.repair = cls._use(
            cls.card,
            {cls.pump: 3},
            moment=NOON,
            symptom_id=cls.symptom.id,
            cause_id=cls.cause.id,
        )
        cls.rows = cls.env["aftersales.parts.consumption"]

    def _get_row(self, repair, user=None):
        rows = self.rows.with_user(user or self.user_agent_a)
        return rows.search([("repair_id", "=", repair.id)])

    def test_row_tells_who_used_what_on_what_and_why(self):
        self.assertRecordValues(
            self._get_row(self.repair),
            [
                {
                    "date": self._get_moment(NOON),
                    "dealer_id": self.dealer_a.id,
                    "staff_id": self.technician_a.id,
                    "machine_id": self.machine.id,
                    "machine_categ_id": self.category.id,
                    "lot_id": self.card.lot_id.id,
                    "machine_age": 4,
                    "age_band": "1",
                    "part_id": self.pump.id,
                    "part_class_id": self.class_main.id,
                    "abc_class": "a",
                    "symptom_id": self.symptom.id,
                    "cause_id": self.cause.id,
                    "case_type_id": self.repair.ticket_id.case_type_id.id,
                    "covered": True,
                    "quantity": 3.0,
                    "amount": 600.0,
                }
            ],
        )

    def test_full_months_are_counted_by_the_company_calendar(self):
        """31 August 23:30 in UTC is 1 September in Shanghai: six months are full."""
        for moment, age in (
            ("2026-08-31 15:59:59", 5),
            ("2026-08-31 16:00:00", 6),
            ("2026-10-01 04:00:00", 7),
        ):
            with self.subTest(moment=moment):
                repair = self._use(self.card, {self.pump: 1}, moment=moment)
                self.assertEqual(self._get_row(repair).machine_age, age)
        self.assertEqual(self._get_row(repair).age_band, "2")

    def test_amount_is_at_the_price_of_the_day(self):
        self.pump.list_price = 999.0
        self.env.flush_all()
        self.assertEqual(self._get_row(self.repair).amount, 600.0)

    def test_amount_is_at_the_dealers_own_price(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Grade A",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "3_global",
                            "compute_price": "percentage",
                            "percent_price": 25.0,
                        }
                    )
                ],
            }
        )
        self.dealer_a.partner_id.property_product_pricelist = pricelist
        repair = self._use(self.card, {self.pump: 2})
        self.assertEqual(self._get_row(repair).amount, 300.0)

    def test_free_part_is_worth_nothing(self):
        gift = self._create_part("Gift", 10.0, self.class_main, list_price=0.0)
        self._stock_up(self.dealer_a, 1, gift)
        row = self._get_row(self._use(self.card, {gift: 1}), self.user_quality)
        self.assertEqual((row.amount, row.cost), (0.0, 10.0))

    def test_quantity_is_in_the_parts_own_unit(self):
        repair = self._use(
            self.card,
            {},
            move_ids=[
                Command.create(
                    {
                        "product_id": self.pump.id,
                        "product_uom_qty": 2,
                        "repair_line_type": "add",
                        "product_uom": self.env.ref("uom.product_uom_dozen").id,
                    }
                )
            ],
        )
        row = self._get_row(repair)
        self.assertEqual((row.quantity, row.amount), (24.0, 4800.0))

    def test_class_of_the_category_holds_for_its_parts(self):
        self.parts_category.part_class_id = self.class_wear
        child = self.env["product.category"].create(
            {"name": "Filters", "parent_id": self.parts_category.id}
        )
        filter_part = self._create_part("Filter", 1.0, self.class_main)
        filter_part.write({"part_class_id": False, "categ_id": child.id})
        self._stock_up(self.dealer_a, 1, filter_part)
        repair = self._use(self.card, {filter_part: 1})
        self.assertEqual(self._get_row(repair).part_class_id, self.class_wear)

    def test_open_repair_has_used_nothing_yet(self):
        repair = self._create_repair(self.card.serial, {self.pump: 1})
        self.env.flush_all()
        self.assertFalse(self._get_row(repair))

    def test_row_opens_its_repair_record(self):
        action = self._get_row(self.repair).action_open_repair()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("repair.order", self.repair.id)
        )

    def test_pivot_adds_up_pieces_and_amounts(self):
        self._use(self.card, {self.pump: 2}, moment="2026-06-30 16:00:00")
        self._use(self.card, {self.pump: 4}, moment="2026-06-30 15:59:59")
        rows = self.rows.with_user(self.user_agent_a).with_context(tz="Asia/Shanghai")
        groups = rows._read_group(
            [("part_id", "=", self.pump.id)],
            ["date:month"],
            ["quantity:sum", "amount:sum", "machine_age:avg"],
        )
        self.assertEqual(
            [(month.month, *figures) for month, *figures in groups],
            [(6, 4.0, 800.0, 3.0), (7, 5.0, 1000.0, 4.0)],
        )

    # COSTS

    def test_cost_is_the_companys_alone(self):
        self.assertEqual(self._get_row(self.repair, self.user_keeper).cost, 300.0)
        export = self.env.ref("base.group_allow_export")
        self.user_manager_a.group_ids += export
        row = self._get_row(self.repair, self.user_manager_a)
        rows = self.rows.with_user(self.user_manager_a)
        for read in (
            lambda: row.read(["cost"]),
            lambda: rows.search_read([], ["cost"]),
            lambda: row.export_data(["cost"]),
            lambda: rows._read_group([], [], ["cost:sum"]),
            lambda: rows.formatted_read_group([], ["dealer_id"], ["cost:sum"]),
            lambda: rows.search([("cost", ">", 0)]),
            lambda: rows.search([], order="cost"),
        ):
            with self.assertRaises(AccessError):
                read()
        self.assertNotIn("cost", rows.fields_get())

    # BEFORE THE ADDON CAME

    def test_past_use_gets_the_price_of_today(self):
        moves = self.repair.move_ids
        other = self._use(self.card, {self.pump: 1})
        self.env.cr.execute(
            "UPDATE stock_move SET dealer_price = NULL WHERE id IN %s",
            [tuple(moves.ids)],
        )
        moves.invalidate_recordset()
        self.pump.list_price = 150.0
        self.env.flush_all()
        with freeze_time(NOON):
            self.env["stock.move"]._note_past_dealer_prices()
        self.assertEqual(moves.dealer_price, 150.0)
        self.assertEqual(other.move_ids.dealer_price, 200.0)
        self.assertEqual(self._get_row(self.repair).amount, 450.0)
