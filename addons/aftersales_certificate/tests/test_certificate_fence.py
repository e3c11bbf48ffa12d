from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks

from . import fence
from .common import CertificateCommon


@tagged("post_install", "-at_install")
class TestCertificateFence(FenceChecks, CertificateCommon):
    reference = {**FenceChecks.reference, **fence.REFERENCE}

    @classmethod
    def _create_fenced_rows(cls):
        return fence.get_fenced_rows(cls)

    def test_no_role_of_a_dealer_reaches_a_row_of_another(self):
        for user in (self.user_manager_a, self.user_agent_a):
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        opened = self._get_open_models(self.user_manager_a)
        ours = {name for name in opened if name.startswith("aftersales.certificate")}
        self.assertEqual(ours, set(fence.REFERENCE) | set(self.fenced))
        self.assert_reference_models_belong_to_nobody()
