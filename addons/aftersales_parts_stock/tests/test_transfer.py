from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .common import DealerStockCommon


@tagged("post_install", "-at_install")
class TestTransfer(DealerStockCommon):
    """Three of dealer A's pumps go to dealer B."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.between = cls.env.ref(
            "aftersales_parts_stock.stock_location_between_dealers"
        )
        cls.transfer = (
            cls.env["aftersales.parts.transfer"]
            .with_user(cls.user_keeper)
            .create(
                {
                    "dealer_id": cls.dealer_a.id,
                    "target_dealer_id": cls.dealer_b.id,
                    "line_ids": [
                        Command.create({"product_id": cls.pump.id, "quantity": 3})
                    ],
                }
            )
        )

    def _get_places(self):
        return [
            self._get_on_hand(self.pump, place)
            for place in (self.place_a, self.between, self.place_b)
        ]

    def _ship(self):
        self.transfer.action_request()
        self.transfer.with_user(self.user_manager_a).action_ship()

    def _receive_transfer(self, pieces=3):
        transfer = self.transfer.with_user(self.user_agent_b)
        if pieces != 3:
            transfer.line_ids.received = pieces
        transfer.action_receive()

    def test_pieces_travel_from_a_to_b(self):
        value = self._get_stock_value(self.pump)
        self._ship()
        self.assertEqual(self._get_places(), [1, 3, 0])
        self._receive_transfer()
        self.assertEqual(self._get_places(), [1, 0, 3])
        self.assertEqual(self.transfer.state, "done")
        self.assertEqual(self._get_stock_value(self.pump), value)

    def test_what_was_lost_waits_for_the_keeper(self):
        self._ship()
        self._receive_transfer(2)
        self.assertEqual(self.transfer.state, "received")
        self.assertEqual(self._get_places(), [1, 1, 2])
        self.transfer.action_give_back()
        self.assertEqual(self._get_places(), [2, 0, 2])
        self.assertEqual(self.transfer.state, "done")

    def test_what_was_lost_is_written_off(self):
        self._ship()
        self._receive_transfer(2)
        self.transfer.action_write_off()
        self.assertEqual(self._get_places(), [1, 0, 2])

    def test_more_than_the_giver_has_is_refused(self):
        self.transfer.line_ids.quantity = 5
        with self.assertRaises(UserError) as caught:
            self.transfer.action_request()
        self.assertIn("4 on hand", str(caught.exception))
        self.assertEqual(self.transfer.state, "draft")

    def test_used_meanwhile_ships_nothing(self):
        self.transfer.action_request()
        self._finish(self._create_repair(parts={self.pump: 2}))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.transfer.with_user(self.user_manager_a).action_ship()
        self.transfer.invalidate_recordset()
        self.assertEqual(self.transfer.state, "requested")
        self.assertEqual(self._get_places(), [2, 0, 0])

    def test_each_side_takes_its_own_step(self):
        self.transfer.action_request()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.transfer.with_user(self.user_manager_b).action_ship()
        self.transfer.with_user(self.user_manager_a).action_ship()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.transfer.with_user(self.user_agent_a).action_receive()
        self.assertEqual(self._get_places(), [1, 3, 0])

    def test_giver_may_refuse(self):
        self.transfer.action_request()
        self.transfer.with_user(self.user_manager_a).action_refuse()
        self.assertEqual(self.transfer.state, "refused")
        self.assertEqual(self._get_places(), [4, 0, 0])

    def test_managers_are_told_what_to_do(self):
        self.transfer.action_request()
        activities = self.transfer.sudo().activity_ids
        self.assertEqual(activities.user_id, self.user_manager_a)
        self.transfer.with_user(self.user_manager_a).action_ship()
        activities = self.transfer.sudo().activity_ids
        self.assertEqual(activities.user_id, self.user_manager_b)

    def test_giver_does_not_change_what_came(self):
        self._ship()
        with self.assertRaises(AccessError):
            self.transfer.with_user(self.user_manager_a).line_ids.received = 0

    def test_more_than_was_shipped_cannot_come(self):
        self._ship()
        with self.assertRaises(ValidationError):
            self.transfer.with_user(self.user_agent_b).line_ids.received = 4

    def test_each_side_reads_the_others_name(self):
        for user, name in (
            (self.user_agent_a, self.dealer_b.name),
            (self.user_agent_b, self.dealer_a.name),
        ):
            transfer = self.transfer.with_user(user)
            self.assertEqual(transfer.counterpart_name, name)

    def test_dealer_plans_no_transfer(self):
        with self.assertRaises(AccessError):
            self.env["aftersales.parts.transfer"].with_user(self.user_manager_a).create(
                {
                    "dealer_id": self.dealer_a.id,
                    "target_dealer_id": self.dealer_b.id,
                }
            )

    def test_receiver_reads_the_activity_that_the_giver_caused(self):
        """The system plans it: the giver's people are hidden from him."""
        self._ship()
        activity = self.transfer.with_user(self.user_manager_b).activity_ids
        self.assertEqual(activity.user_id, self.user_manager_b)
        self.assertEqual(activity.create_uid, self.env.ref("base.user_root"))
        self.env.invalidate_all()
        store = Store().add(activity)
        self.assertTrue(store.get_result()["mail.activity"])

    def test_keeper_sees_what_the_giver_has(self):
        self.assertEqual(self.transfer.line_ids.available, 4)
        with self.assertRaises(AccessError):
            self.transfer.with_user(self.user_agent_a).line_ids.read(["available"])

    def test_each_side_reads_where_the_parcel_goes(self):
        for user, text in (
            (self.user_agent_a, "To Southern Machinery"),
            (self.user_agent_b, "From Northern Machinery"),
            (self.user_keeper, "Northern Machinery → Southern Machinery"),
        ):
            self.assertEqual(self.transfer.with_user(user).direction, text)
