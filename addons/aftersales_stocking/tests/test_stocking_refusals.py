from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, StockingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingRefusals(StockingCommon):
    """What cannot be entered, and what it says instead."""

    def setUp(self):
        super().setUp()
        self.plan = self._create_plan()
        self.line = self.plan.line_ids

    def test_dealer_changes_no_figure_of_the_system(self):
        for name in ("proposed", "need", "on_hand", "approved_quantity", "price_unit"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.line.write({name: 0})
        self.assertEqual(self.line.proposed, 4)

    def test_keeper_changes_no_proposal(self):
        with self.assertRaises(AccessError):
            self.line.with_user(self.user_keeper).write({"proposed": 99})
        self.assertEqual(self.line.proposed, 4)

    def test_proposed_line_is_not_deleted(self):
        with self.assertRefused(UserError, "Pump.* stays on it"):
            self.line.unlink()
        self.assertTrue(self.line.exists())

    def test_added_line_is_deleted(self):
        line = self.line.create(
            {"plan_id": self.plan.id, "product_id": self.oil.id, "quantity": 1}
        )
        self.assertTrue(line.is_added)
        line.unlink()
        self.assertFalse(line.exists())

    def test_handed_in_quantities_stand(self):
        self._submit(self.plan)
        with self.assertRefused(UserError, "its quantities stand"):
            self.line.quantity = 1
        with self.assertRefused(UserError, "its quantities stand"):
            self.plan.write({"line_ids": [Command.create({"product_id": self.oil.id})]})
        self.assertRecordValues(self.plan.line_ids, [{"quantity": 4}])

    def test_negative_quantity(self):
        with self.assertRefused(ValidationError, "Pump.*cannot be negative"):
            self.line.quantity = -1
        self.line.invalidate_recordset()
        self.assertEqual(self.line.quantity, 4)

    def test_company_does_not_approve_more_than_the_dealer_wants(self):
        self._submit(self.plan)
        with self.assertRefused(ValidationError, "between 0 and the dealer's 4"):
            self.line.with_user(self.user_keeper).approved_quantity = 5

    def test_machine_is_no_part(self):
        with self.assertRefused(ValidationError, "no part that is kept in stock"):
            self.line.create(
                {"plan_id": self.plan.id, "product_id": self.machine.id, "quantity": 1}
            )

    @mute_logger("odoo.sql_db")
    def test_part_stands_once(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.line.create(
                {"plan_id": self.plan.id, "product_id": self.pump.id, "quantity": 1}
            )

    @mute_logger("odoo.sql_db")
    def test_one_plan_per_dealer_season_and_year(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_plan()

    @mute_logger("odoo.sql_db")
    def test_year_of_four_digits(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_plan(year=26)

    def test_state_is_not_written(self):
        for user in (self.user_manager_a, self.user_keeper):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.plan.with_user(user).state = "approved"

    def test_dealer_moves_no_due_date(self):
        for user in (self.user_manager_a, self.user_keeper):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.plan.with_user(user).due_date = "2026-06-01"
        self.plan.with_user(self.user_manager).due_date = "2026-05-10"
        self.assertEqual(str(self.plan.due_date), "2026-05-10")

    def test_known_plan_stays_with_dealer_and_season(self):
        with self.assertRefused(UserError, "dealer, season and year stand"):
            self.plan.with_user(self.user_keeper).year = 2027
        self.assertEqual(self.plan.year, 2026)

    def test_dealer_makes_no_plan(self):
        with self.assertRaises(AccessError):
            self.plans.with_user(self.user_manager_a).create(
                {"season_id": self.season.id, "year": 2027}
            )

    def test_plan_known_to_the_dealer_is_not_deleted(self):
        with self.assertRefused(UserError, "known to the dealer"):
            self.plan.with_user(self.user_keeper).unlink()
        self.assertTrue(self.plan.exists())

    @mute_logger("odoo.sql_db")
    def test_plans_are_not_due_before_they_are_made(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.company.aftersales_stocking_due_days = 61
            self.company.flush_recordset()
