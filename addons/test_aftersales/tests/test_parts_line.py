from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_order.tests.common import OrderCommon


@tagged("post_install", "-at_install")
class TestPartsLine(OrderCommon):
    """The way of six pumps: ordered, paid, shipped, used, returned, accounted for.

    The company buys a pump at 100 and sells it to dealer A at 180, with 13 % tax. Two
    are used in a repair, two of the other four come back.
    """

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2026-06-15 08:00:00"))
        super().setUpClass()
        cls.pump.write({"barcode": "690001", "default_code": "PU-1"})

    def _buy(self, pieces):
        """Handed in, confirmed, paid, shipped, received, the note signed."""
        order = self._confirm(parts={self.pump: pieces})
        self._pay(order)
        self._ship(order)
        self._sign(order)
        return order

    def _requisition(self, repair, pieces):
        """The technician asks, the manager approves, the agent issues by scanning."""
        paper = (
            self.env["aftersales.parts.requisition"]
            .with_user(self.user_tech_a)
            .create(
                {
                    "repair_id": repair.id,
                    "line_ids": [
                        Command.create({"product_id": self.pump.id, "quantity": pieces})
                    ],
                }
            )
        )
        paper.action_submit()
        paper.with_user(self.user_manager_a).action_approve()
        at_counter = paper.with_user(self.user_agent_a)
        at_counter.scan = f"{pieces}*690001"
        at_counter.action_issue_scanned()
        return paper

    def _bring_back_unused(self, paper):
        action = paper.action_return()
        self.env[action["res_model"]].with_user(self.user_tech_a).with_context(
            **action["context"]
        ).create({}).action_apply()

    def _write_off(self, paper):
        """The old parts are scanned at the counter, the paper is closed."""
        at_counter = paper.with_user(self.user_agent_a)
        at_counter.scan = "\n".join(paper.old_part_ids.mapped("name"))
        at_counter.action_hand_in()
        at_counter.action_write_off()

    def _send_back(self, pieces):
        """Unsaleable pieces go back to the company and are good."""
        paper = (
            self.env["aftersales.parts.return"]
            .with_user(self.user_agent_a)
            .create(
                {
                    "carrier": "Express",
                    "waybill": "W-1",
                    "line_ids": [
                        Command.create(
                            {
                                "product_id": self.pump.id,
                                "quantity": pieces,
                                "reason_id": self.env.ref(
                                    "aftersales_parts_return.reason_unsaleable"
                                ).id,
                            }
                        )
                    ],
                }
            )
        )
        paper.action_submit()
        paper.with_user(self.user_keeper).action_approve()
        paper.action_ship()
        keeper = paper.with_user(self.user_keeper)
        keeper.scan = "\n".join(["690001"] * pieces)
        keeper.action_receive()
        inspected = paper.with_user(self.user_inspector)
        inspected.line_ids.write({"finding": "As new", "disposition": "good"})
        inspected.action_inspect()
        paper.with_user(self.user_accountant).action_credit()
        return paper

    def _get_ledger(self, place):
        return self.env["aftersales.parts.ledger"].search(
            [("product_id", "=", self.pump.id), ("location_id", "=", place.id)],
            order="date, id",
        )

    def test_six_pumps_are_accounted_for_in_pieces_and_money(self):
        order = self._buy(6)
        self.assertEqual((order.state, order.amount_total), ("done", 1220.40))
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 6)
        self.assertEqual(self._get_stock_value(self.pump), 400.0)
        self.assertEqual(self._get_receivable(), 0.0)

        repair = self._create_repair()
        paper = self._requisition(repair, 3)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 3)
        paper.line_ids.used = 2
        self._finish(repair)
        self._bring_back_unused(paper)
        self._write_off(paper)
        self.assertEqual(paper.state, "done")
        self.assertEqual(len(repair.old_part_ids), 2)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 4)
        self.assertEqual(self._get_stock_value(self.pump), 400.0)

        returned = self._send_back(2)
        self.assertEqual(returned.state, "credited")
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 2)
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 6)
        self.assertEqual(self._get_stock_value(self.pump), 600.0)
        # 2 × 180.00 and 13 % tax: what the company owes the dealer now
        self.assertEqual(self._get_receivable(), -406.80)

    def test_the_ledger_agrees_with_the_stock_after_all_of_it(self):
        self._buy(6)
        repair = self._create_repair()
        paper = self._requisition(repair, 3)
        paper.line_ids.used = 2
        self._finish(repair)
        self._bring_back_unused(paper)
        self._send_back(2)
        rows = self._get_ledger(self.place_a)
        self.assertEqual(rows.mapped("quantity"), [6, -3, 1, -2])
        self.assertEqual(rows.mapped("balance"), [6, 3, 4, 2])
        self.assertEqual(rows[-1].balance, self._get_on_hand(self.pump, self.place_a))
        ours = self._get_ledger(self.stock)
        self.assertEqual(ours[-1].balance, self._get_on_hand(self.pump, self.stock))
        self.assertEqual(ours[-1].balance, 6)
