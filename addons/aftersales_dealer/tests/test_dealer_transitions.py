from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestDealerTransitions(AftersalesCommon):
    """The transition mixin, shown on its first model: the dealer and its measures."""

    def test_state_written_by_hand_is_refused_even_for_the_manager(self):
        dealer = self.dealer_a.with_user(self.user_manager)
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            dealer.write({"state": "suspended"})
        self.assertEqual(self.dealer_a.state, "active")

    def test_second_press_of_a_measure_is_told_the_state(self):
        dealer = self.dealer_a.with_user(self.user_manager)
        dealer.action_suspend()
        with self.assertRaisesRegex(UserError, "is in state “Suspended”"):
            dealer.action_suspend()
        self.assertEqual(self.dealer_a.state, "suspended")
