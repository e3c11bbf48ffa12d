from odoo.tests import tagged

from .common import MasterCommon


@tagged("post_install", "-at_install")
class TestPartOnHand(MasterCommon):
    """Everybody sees the pieces that he may take: ten at ours, four of them shipped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive(cls.pump, 4)

    def _see(self, user):
        return self.pump.with_user(user).part_on_hand

    def test_dealer_sees_his_own_pieces(self):
        self.assertEqual(self._see(self.user_agent_a), 4)

    def test_dealer_sees_neither_ours_nor_another_dealers(self):
        self.assertEqual(self._see(self.user_agent_b), 0)

    def test_company_sees_its_warehouse(self):
        self.assertEqual(self._see(self.user_keeper), 6)
        self.assertEqual(self._see(self.user_support), 6)

    def test_ledger_of_the_part_opens_for_the_dealer(self):
        action = self.pump.with_user(self.user_agent_a).action_open_part_ledger()
        rows = self.env[action["res_model"]].with_user(self.user_agent_a)
        rows = rows.search(action["domain"])
        self.assertEqual(rows.product_id, self.pump)
        self.assertEqual(rows.dealer_id, self.dealer_a)

    def test_old_number_shows_what_is_left_of_it(self):
        step = self._supersede(self.pump, self.new_pump)
        self.assertEqual(step.with_user(self.user_keeper).old_on_hand, 6)
        self.assertEqual(step.with_user(self.user_agent_a).old_on_hand, 4)
