from datetime import date

from odoo.tests import freeze_time, tagged

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
class TestCardFlow(WarrantyCommon):
    def test_agent_creates_and_submits_support_activates(self):
        with freeze_time("2026-03-10"):
            card = self._create_active_card("dh-001")
        self.assertRecordValues(
            card,
            [
                {
                    "state": "active",
                    "serial": "DH-001",
                    "registration": "on_time",
                    "reimbursable": True,
                    "start_date": date(2026, 3, 1),
                    "end_date": date(2027, 3, 1),
                    "returned_on": date(2026, 3, 10),
                }
            ],
        )
        self.assertEqual(card.lot_id.name, "DH-001")
        self.assertEqual(card.lot_id.card_id, card)
        verdict = card.coverage_verdict(on_date=date(2026, 6, 1))
        self.assertTrue(verdict.covered)
        self.assertTrue(verdict.reimbursable)
