from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestDeemedSale(ReturnCommon):
    """Four pumps came on 2026-06-15; the season of parts is September to October.

    Two seasons are over on 2027-10-31.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["aftersales.parts.season"].search([]).active = False
        cls.season = cls.env["aftersales.parts.season"].create(
            {
                "name": "Harvest",
                "month_from": "9",
                "month_to": "10",
                "category_ids": cls.parts_category.ids,
            }
        )
        cls.sales = cls.env["aftersales.parts.deemed.sale"]

    def _look(self, day):
        with freeze_time(f"{day} 03:00:00"):
            self.sales._cron_look()
        return self._get_sales()

    def _get_sales(self, product=None):
        return self.sales.search(
            [
                ("dealer_id", "=", self.dealer_a.id),
                ("product_id", "=", (product or self.pump).id),
            ]
        )

    def _confirm(self):
        self._look("2027-10-05")
        sale = self._look("2027-11-05").with_user(self.user_manager)
        sale.action_confirm()
        return sale

    def test_seasons_are_counted_from_the_one_that_begins_next(self):
        received = date(2026, 6, 15)
        self.assertEqual(self.season._get_end_of(1, received, 12), date(2026, 10, 31))
        self.assertEqual(self.season._get_end_of(2, received, 12), date(2027, 10, 31))
        # came within a season, and on its first day: it does not count
        for day in (date(2026, 9, 1), date(2026, 10, 2)):
            self.assertEqual(self.season._get_end_of(1, day, 12), date(2027, 10, 31))

    def test_season_over_new_year_ends_in_the_next(self):
        self.season.write({"month_from": "11", "month_to": "2"})
        self.assertEqual(
            self.season._get_end_of(2, date(2026, 6, 15), 12), date(2028, 2, 29)
        )

    def test_two_seasons_a_year_both_count(self):
        self.season.copy({"month_from": "7", "month_to": "7"})
        seasons = self.season._get_for_category(self.parts_category)
        self.assertEqual(
            seasons._get_end_of(2, date(2026, 6, 15), 12), date(2026, 10, 31)
        )

    def test_season_of_a_category_above_holds(self):
        below = self.env["product.category"].create(
            {"name": "Seals", "parent_id": self.parts_category.id}
        )
        self.assertEqual(self.season._get_for_category(below), self.season)
        other = self.season.copy({"category_ids": False})
        self.assertEqual(self.season._get_for_category(below), self.season)
        self.assertEqual(self.season._get_for_category(self.category), other)

    def test_without_a_season_the_setting_counts(self):
        none = self.season.browse()
        self.assertEqual(none._get_end_of(2, date(2026, 6, 15), 12), date(2028, 6, 15))
        self.assertEqual(none._get_end_of(2, date(2026, 6, 30), 4), date(2027, 2, 28))

    def test_nothing_before_the_notice(self):
        self.assertFalse(self._look("2027-09-30"))

    def test_dealer_is_warned_thirty_days_before(self):
        sale = self._look("2027-10-01")
        self.assertRecordValues(
            sale,
            [
                {
                    "state": "warned",
                    "quantity": 4,
                    "seasons": 2,
                    "season_end": date(2027, 10, 31),
                    "deadline": date(2027, 10, 31),
                    "warned_on": date(2027, 10, 1),
                }
            ],
        )
        self.assertEqual(str(sale.received_on), "2026-06-15 08:00:00")
        todo = self.dealer_a.activity_ids
        self.assertEqual(todo.user_id, self.user_manager_a)
        self.assertEqual(todo.date_deadline, date(2027, 10, 31))

    def test_second_look_is_idle(self):
        sale = self._look("2027-10-01")
        self.assertEqual(self._look("2027-10-02"), sale)
        self.assertEqual(len(self.dealer_a.activity_ids), 1)
        self.assertEqual(sale.warned_on, date(2027, 10, 1))

    def test_late_warning_still_gives_the_days_of_notice(self):
        sale = self._look("2027-12-01")
        self.assertEqual(sale.deadline, date(2027, 12, 31))
        self._look("2027-12-31")
        self.assertEqual(sale.state, "warned")
        self._look("2028-01-01")
        self.assertEqual(sale.state, "due")

    def test_what_is_left_of_the_oldest_receipt(self):
        """Two more came a year later and three were used: one old one is left."""
        with freeze_time("2027-06-01 08:00:00"):
            self._receive(self.pump, 2)
            self._finish(self._create_repair(parts={self.pump: 3}))
        sale = self._look("2027-10-05")
        self.assertRecordValues(sale, [{"quantity": 1, "state": "warned"}])
        self.assertEqual(str(sale.received_on), "2026-06-15 08:00:00")

    def test_used_meanwhile_is_followed_and_cleared(self):
        sale = self._look("2027-10-05")
        self._finish(self._create_repair(parts={self.pump: 3}))
        self._look("2027-10-06")
        self.assertEqual(sale.quantity, 1)
        self._finish(self._create_repair("H1-0002", parts={self.pump: 1}))
        self._look("2027-11-06")
        self.assertRecordValues(sale, [{"quantity": 0, "state": "cleared"}])

    def test_manager_confirms(self):
        self._look("2027-10-05")
        sale = self._look("2027-11-05")
        self.assertEqual(sale.state, "due")
        with self.assertRaises(AccessError):
            sale.with_user(self.user_keeper).action_confirm()
        sale.with_user(self.user_manager).action_confirm()
        self.assertRecordValues(
            sale,
            [{"state": "confirmed", "confirmed_by": self.user_manager.id}],
        )

    def test_deemed_pieces_are_not_returned(self):
        sale = self._confirm()
        paper = self._create_return((self.pump, 1, self.quality, None))
        with self.assertRaisesRegex(
            UserError, f"deemed sold \\({sale.name}\\).*0 can be returned"
        ):
            paper.action_submit()
        self.assertEqual(paper.state, "draft")

    def test_later_pieces_are_returned_and_deemed_ones_stay(self):
        """Two came after; both may go, and then nothing more."""
        self._confirm()
        with freeze_time("2027-12-01 08:00:00"):
            self._receive(self.pump, 2)
            paper = self._create_return((self.pump, 3, self.quality, None))
            with self.assertRaisesRegex(UserError, "2 can be returned"):
                paper.action_submit()
            paper.line_ids.quantity = 2
            self._create_invoice(self.pump, 2, 190.0, "2027-11-30")
            paper.action_submit()
            paper.with_user(self.user_keeper).action_approve()
            paper.action_ship()
            again = self._create_return((self.pump, 1, self.quality, None))
            with self.assertRaisesRegex(UserError, "0 can be returned"):
                again.action_submit()
        # nothing is deemed sold twice
        self._look("2030-01-01")
        self.assertEqual(len(self._get_sales()), 1)

    def test_deemed_pieces_can_be_used_and_free_the_rest(self):
        self._confirm()
        with freeze_time("2027-12-01 08:00:00"):
            self._finish(self._create_repair(parts={self.pump: 4}))
            self._receive(self.pump, 2)
            self._create_invoice(self.pump, 2, 190.0, "2027-11-30")
            paper = self._create_return((self.pump, 2, self.quality, None))
            paper.action_submit()
        self.assertEqual(paper.state, "submitted")

    def test_open_return_is_answered_first(self):
        self._look("2027-10-05")
        with freeze_time("2027-10-20 08:00:00"):
            paper = self._create_return((self.pump, 4, self.quality, None))
            paper.action_submit()
        sale = self._look("2027-11-05").with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, f"asked in {paper.name}"):
            sale.action_confirm()
        self.assertEqual(sale.state, "due")

    def test_unsaleable_is_refused_after_two_seasons(self):
        with freeze_time("2027-11-01 08:00:00"):
            paper = self._create_return((self.pump, 1, self.unsaleable, None))
            with self.assertRaisesRegex(UserError, "0 pieces are still in time"):
                paper.action_submit()
        with freeze_time("2027-10-31 08:00:00"):
            paper.action_submit()
        self.assertEqual(paper.state, "submitted")

    def test_count_and_lost_parcel_make_nothing_younger(self):
        """A found piece is as old as the others, and so is one that got lost."""
        with freeze_time("2027-06-01 08:00:00"):
            self._create_received(2, came=1)
        sale = self._look("2027-10-05")
        self.assertRecordValues(sale, [{"quantity": 3, "state": "warned"}])

    def test_dismissed_needs_a_remark_and_frees_the_pieces(self):
        sale = self._confirm()
        with self.assertRaisesRegex(UserError, "write under Remarks why"):
            sale.action_dismiss()
        sale.note = "Agreed with the dealer"
        sale.action_dismiss()
        self.assertEqual(sale.state, "dismissed")
        paper = self._create_return((self.pump, 1, self.quality, None))
        paper.action_submit()
        self.assertEqual(paper.state, "submitted")

    def test_machine_without_a_card_bears_a_note(self):
        lot = self._create_harvester()
        self._look("2028-06-01")
        self._look("2028-07-10")
        sale = self._get_sales(self.machine).with_user(self.user_manager)
        self.assertEqual(sale.lot_id, lot)
        self.assertEqual(sale.season_end, date(2028, 6, 15))
        sale.action_confirm()
        self.assertIn(f"({sale.name})", lot.message_ids[0].body)

    def test_number_of_queries_does_not_grow_with_the_rows(self):
        def count(number):
            parts = [
                self._create_part(f"Part {number}-{i}", 1.0, self.class_main)
                for i in range(number)
            ]
            for part in parts:
                self.env["stock.quant"]._update_available_quantity(part, self.stock, 1)
                self._receive(part, 1)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._look("2030-01-01")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)
        few, many = count(2), count(12)
        self.assertLessEqual(many, few + 20)

    def test_cron_runs(self):
        with self.enter_registry_test_mode(), freeze_time("2027-10-05 03:00:00"):
            self.env.ref("aftersales_parts_return.ir_cron_look").method_direct_trigger()
        self.assertEqual(self._get_sales().quantity, 4)
