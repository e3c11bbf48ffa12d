from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import DealerStockCommon


@tagged("post_install", "-at_install")
class TestCount(DealerStockCommon):
    """A dealer counts: differences have a reason, an approval and one movement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.aftersales_count_limit = 250.0  # a pump sells at 200
        cls.count = (
            cls.env["aftersales.parts.count"].with_user(cls.user_agent_a).create({})
        )
        cls.count.action_start()
        cls.line = cls.count.line_ids

    def _submit(self, counted, **vals):
        self.line.write({"counted": counted, "reason_id": self.reason.id, **vals})
        self.count.action_submit()

    def _approve(self, user=None):
        self.count.with_user(user or self.user_manager_a).action_approve()

    def test_list_shows_what_the_books_say(self):
        self.assertRecordValues(
            self.line,
            [{"product_id": self.pump.id, "expected": 4, "is_counted": False}],
        )

    def test_shortage_is_taken_off_the_books(self):
        value = self._get_stock_value(self.pump)
        self._submit(3)
        self.assertEqual(self.count.value_difference, -200.0)
        self._approve()
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 3)
        self.assertEqual(self.count.state, "posted")
        self.assertEqual(self.count.posted_by, self.user_manager_a)
        # what a dealer lost is his loss, not ours
        self.assertEqual(self._get_stock_value(self.pump), value)

    def test_a_part_of_the_books_cannot_be_dropped_from_the_list(self):
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            self.line.unlink()
        self.assertIn("stays on the list", str(caught.exception))
        self.assertTrue(self.line.exists())

    def test_a_part_entered_by_mistake_can(self):
        values = {"count_id": self.count.id, "product_id": self.oil.id, "counted": 1}
        line = self.count.line_ids.create(values)
        line.unlink()
        self.assertEqual(self.count.line_ids, self.line)

    def test_surplus_is_added(self):
        self._submit(5)
        self._approve()
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 5)

    def test_what_is_used_meanwhile_stays_used(self):
        """Counted 3 of 4; one more is used before the count is posted: 2 are left."""
        self._submit(3)
        self._finish(self._create_repair(parts={self.pump: 1}))
        self._approve()
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 2)

    def test_posting_below_zero_is_refused_and_posts_nothing(self):
        self._submit(3)
        self._finish(self._create_repair(parts={self.pump: 4}))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._approve()
        self.count.invalidate_recordset()
        self.assertEqual(self.count.state, "submitted")
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 0)

    def test_ledger_names_the_count(self):
        self._submit(3)
        self._approve()
        self.env.flush_all()
        entry = self.env["aftersales.parts.ledger"].search(
            [("location_id", "=", self.place_a.id)], limit=1
        )
        self.assertEqual((entry.reference, entry.quantity), (self.count.name, -1))

    def test_difference_without_a_reason_is_refused(self):
        with self.assertRaises(UserError) as caught:
            self._submit(3, reason_id=False)
        self.assertIn("differs by -1", str(caught.exception))
        self.assertEqual(self.count.state, "counting")

    def test_line_not_counted_is_refused(self):
        with self.assertRaises(UserError) as caught:
            self.count.action_submit()
        self.assertIn("not counted yet", str(caught.exception))

    def test_above_the_limit_the_company_approves(self):
        self._submit(2)
        self.assertTrue(self.count.needs_company)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._approve()
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 4)
        self._approve(self.user_keeper)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 2)

    def test_agent_does_not_approve(self):
        self._submit(3)
        with self.assertRaises(AccessError):
            self._approve(self.user_agent_a)

    def test_second_click_posts_nothing_more(self):
        self._submit(3)
        self._approve()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._approve()
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 3)

    def test_rest_is_taken_as_in_the_books(self):
        self.count.action_count_as_expected()
        self.assertRecordValues(self.line, [{"counted": 4, "difference": 0}])

    def test_part_that_the_books_do_not_know_is_added(self):
        with Form(self.count) as form, form.line_ids.new() as line:
            line.product_id = self.oil
            line.counted = 2
            line.reason_id = self.env.ref("aftersales_parts_stock.count_reason_found")
        self.count.action_count_as_expected()
        self.count.action_submit()
        self._approve()
        self.assertEqual(self._get_on_hand(self.oil, self.place_a), 2)

    def test_two_open_counts_are_refused(self):
        other = self.env["aftersales.parts.count"].with_user(self.user_agent_a)
        with self.assertRaises(UserError) as caught:
            other.create({}).action_start()
        self.assertIn(self.count.name, str(caught.exception))

    def test_books_number_cannot_be_written(self):
        with self.assertRaises(AccessError):
            self.line.expected = 3

    def test_negative_count_is_refused(self):
        with self.assertRaises(ValidationError):
            self.line.counted = -1

    def test_posted_count_is_not_deleted(self):
        self._submit(3)
        self._approve()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.count.sudo().unlink()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.line.counted = 4
        self.assertEqual(self.line.counted, 3)
