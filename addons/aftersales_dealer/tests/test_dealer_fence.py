from odoo.tests import tagged

from .common import AftersalesCommon
from .fence import FenceChecks


@tagged("post_install", "-at_install")
class TestDealerFence(FenceChecks, AftersalesCommon):
    addon = "aftersales_dealer"

    def test_no_role_of_a_dealer_reaches_a_row_of_another(self):
        for user in self.intruders:
            for model, fenced in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, fenced)

    def test_every_open_model_is_classified(self):
        self.assert_all_models_classified(self.user_agent_a)
        self.assert_all_models_classified(self.user_manager_a)

    def test_closed_models_show_no_row(self):
        self.assert_closed_models_are_empty(self.user_manager_a)

    def test_reference_models_belong_to_nobody(self):
        self.assert_reference_models_belong_to_nobody()

    def test_costs_are_hidden(self):
        self.assert_costs_hidden(self.user_manager_a)
