from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestReceiptClaim(PartsCommon):
    """Ten pumps sent: two short, one broken. One click complains of both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receipt = cls._deliver(cls.pump, 10).with_user(cls.user_agent_a)
        cls.receipt.line_ids.write({"short": 2, "broken": 1, "note": "Box crushed"})

    def _complain(self):
        self.receipt.action_confirm()
        self.receipt.action_complain()
        return self.receipt.claim_ids.sorted("quantity")

    def _decide(self, claims, decision, user=None):
        user = user or self.user_keeper
        action = claims.with_user(user).with_context(decision=decision).action_decide()
        self.env[action["res_model"]].with_user(user).with_context(
            **action["context"]
        ).create({"note": "On Monday"}).action_apply()

    def test_one_click_makes_one_complaint_per_kind_and_a_task(self):
        claims = self._complain()
        common = {
            "state": "open",
            "note": "Box crushed",
            "dealer_id": self.dealer_a.id,
            "product_id": self.pump.id,
        }
        self.assertRecordValues(
            claims,
            [
                {"kind": "broken", "quantity": 1, **common},
                {"kind": "short", "quantity": 2, **common},
            ],
        )
        self.assertEqual(claims.sudo().activity_ids.user_id, self.user_keeper)

    def test_second_click_complains_of_nothing_twice(self):
        self._complain()
        self.assertFalse(self.receipt.can_complain)
        with self.assertRaisesRegex(UserError, "nothing to complain of"):
            self.receipt.action_complain()
        self.assertEqual(len(self.receipt.claim_ids), 2)

    def test_not_before_the_receipt_is_confirmed(self):
        with self.assertRaisesRegex(UserError, "confirm it"):
            self.receipt.action_complain()
        self.assertFalse(self.receipt.claim_ids)

    def test_sent_again_is_one_delivery_that_the_dealer_receives(self):
        self._put_into_stock(self.pump, 5)
        claims = self._complain()
        self._decide(claims, "resend")
        picking = claims.sudo().picking_id
        self.assertRecordValues(
            picking, [{"state": "assigned", "dealer_id": self.dealer_a.id}]
        )
        self.assertEqual(sum(picking.move_ids.mapped("product_uom_qty")), 3)
        picking.move_ids.picked = True
        picking.with_user(self.user_keeper).button_validate()
        picking.receipt_ids.with_user(self.user_agent_a).action_confirm()
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 10)
        self.assertFalse(claims.sudo().activity_ids)

    def test_decided_once(self):
        claims = self._complain()
        self._decide(claims, "refuse")
        self.assertEqual(set(claims.mapped("state")), {"refused"})
        self.assertEqual(claims.decided_by, self.user_keeper)
        with self.assertRaisesRegex(UserError, "is in state “Refused”"):
            self._decide(claims, "credit")
        self.assertEqual(claims[0].decision_note, "On Monday")

    def test_dealer_decides_nothing_and_changes_no_facts(self):
        claims = self._complain()
        with self.assertRaises(AccessError):
            self._decide(claims, "credit", self.user_manager_a)
        for vals in ({"quantity": 9}, {"state": "credited"}, {"kind": "wrong"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                claims.with_user(self.user_manager_a).write(vals)
        self.assertEqual(claims.mapped("quantity"), [1, 2])

    def test_found_after_all(self):
        claims = self._complain()
        claims[1].with_user(self.user_agent_a).action_withdraw()
        self.assertEqual(claims.mapped("state"), ["open", "withdrawn"])
