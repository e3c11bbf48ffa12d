from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import REFERENCE, FenceChecks, Fenced

from .common import DealerStockCommon


@tagged("post_install", "-at_install")
class TestPartsStockFence(FenceChecks, DealerStockCommon):
    """A dealer's levels, counts and transfers are his own."""

    addon = "aftersales_parts_stock"
    owner, intruder = "a", "b"
    reference = {
        **REFERENCE,
        "aftersales.parts.season": "months that hold for everybody",
        "aftersales.parts.count.reason": "words to choose from",
    }

    @classmethod
    def _create_fenced_rows(cls):
        count = cls.env["aftersales.parts.count"].create({"dealer_id": cls.dealer_a.id})
        count.action_start()
        transfer = cls.env["aftersales.parts.transfer"].create(
            {
                "dealer_id": cls.dealer_a.id,
                "target_dealer_id": cls.dealer_c.id,
                "line_ids": [Command.create({"product_id": cls.pump.id})],
            }
        )
        level = cls.env["aftersales.parts.level"].create(
            {
                "dealer_id": cls.dealer_a.id,
                "product_id": cls.pump.id,
                "minimum": 1,
                "maximum": 2,
            }
        )
        return {
            record._name: Fenced(record)
            for record in (count, count.line_ids, transfer, transfer.line_ids, level)
        }

    def test_other_dealers_rows_are_closed(self):
        for user in self.intruders:
            for model, rows in self.fenced.items():
                with self.subTest(user=user.login, model=model):
                    self.assert_fenced(user, model, rows)

    def test_reasons_and_seasons_belong_to_nobody(self):
        self.assert_reference_models_belong_to_nobody()
