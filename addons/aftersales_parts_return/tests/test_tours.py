from odoo.tests import HttpCase, tagged

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestPartsReturnTours(ReturnCommon, HttpCase):
    clock_ticks = True

    def test_dealer_asks_for_a_return(self):
        self.start_tour(
            "/odoo/stock-returns",
            "aftersales_parts_return_dealer",
            login=self.user_agent_a.login,
        )
        paper = self.env["aftersales.parts.return"].search(
            [("dealer_id", "=", self.dealer_a.id)]
        )
        self.assertRecordValues(
            paper, [{"state": "submitted", "amount_goods": 360.0, "quantity": 2}]
        )
        self.assertEqual(paper.line_ids.reason_id, self.unsaleable)
