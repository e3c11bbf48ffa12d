from odoo.tests import HttpCase, tagged

from .common import ChargeCommon


@tagged("post_install", "-at_install")
class TestChargeTours(HttpCase, ChargeCommon):
    """Quoted, agreed to on the customer's page, finished, handed over."""

    clock_ticks = True

    def test_charged_repair_from_quotation_to_delivery(self):
        repair = self._create_old_repair()
        url = f"/odoo/action-aftersales_service.repair_order_action/{repair.id}"
        self.start_tour(url, "aftersales_charge_quote", login="agent_a")
        quotation = repair.quotation_ids
        self.assertEqual(quotation.state, "sent")

        self.start_tour(quotation.get_portal_url(), "aftersales_charge_accept")
        quotation.invalidate_recordset()
        self.assertRecordValues(
            quotation, [{"state": "accepted", "accepted_by": "Zhang San"}]
        )

        self.start_tour(url, "aftersales_charge_finish", login="tech_a")
        repair.invalidate_recordset()
        self.assertEqual(repair.state, "done")
        self.assertEqual(quotation.used_total, 576.58)

        url = (
            f"/odoo/action-aftersales_charge.aftersales_quotation_action/{quotation.id}"
        )
        self.start_tour(url, "aftersales_charge_deliver", login="agent_a")
        delivery = repair.delivery_ids
        self.assertRecordValues(
            delivery, [{"state": "delivered", "received_by": "Zhang San"}]
        )
        self.assertEqual(quotation.dealer_invoice_ref, "FP-2026-1")
