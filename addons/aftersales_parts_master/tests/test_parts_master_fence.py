from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import REFERENCE, FenceChecks

from .common import MasterCommon


@tagged("post_install", "-at_install")
class TestPartsMasterFence(FenceChecks, MasterCommon):
    """The parts master is a catalogue: dealers read it and find no cost in it."""

    addon = "aftersales_parts_master"
    reference = {
        **REFERENCE,
        "aftersales.part.fit": "which part belongs to which machine",
        "aftersales.part.supersession": "new numbers for old ones",
    }

    @classmethod
    def _create_fenced_rows(cls):
        return {}

    def test_catalogue_belongs_to_nobody(self):
        self.assert_reference_models_belong_to_nobody()

    def test_costs_are_hidden(self):
        self.assertFalse(
            self.env["product.product"]
            .with_user(self.user_manager_a)
            ._has_field_access(self.env["product.product"]._fields["abc_value"], "read")
        )
