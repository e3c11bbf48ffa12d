from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, StockingCommon

IN_SEASON = "2026-06-10 08:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingShortage(StockingCommon):
    """A case waits for a pump in June: whose doing is it?"""

    def _miss(self, moment=IN_SEASON, wanted=9, user=None):
        """The agent notes on a case that pumps are missing."""
        with freeze_time(moment):
            case = self._create_repair("H1-0001").ticket_id
            return (
                self.env["aftersales.stocking.shortage"]
                .with_user(user or self.user_agent_a)
                .create(
                    {
                        "ticket_id": case.id,
                        "product_id": self.pump.id,
                        "wanted": wanted,
                    }
                )
            )

    def _assert_verdict(self, cause, liability, text, **numbers):
        shortage = self._miss()
        self.assertRecordValues(
            shortage, [{"cause": cause, "liability": liability, **numbers}]
        )
        self.assertRegex(shortage.explanation, text)
        case = shortage.ticket_id
        self.assertEqual(case.stocking_liability, liability)
        self.assertEqual(case.stocking_liability_text, shortage.explanation)
        return shortage

    def test_without_a_plan_nobody(self):
        self._assert_verdict("no_plan", "none", "no stocking plan covers")

    def test_part_that_the_plan_does_not_name(self):
        self._store(self.pump, 10)
        plan = self._create_plan()
        self._approve(plan)
        self.env["stock.quant"]._update_available_quantity(self.pump, self.place_a, -11)
        self._assert_verdict("not_planned", "none", "proposes no .*Pump")

    def test_refused_plan_is_the_dealers(self):
        plan = self._create_plan()
        self._refuse(plan, "No room")
        shortage = self._assert_verdict(
            "refused", "dealer", "refused SP.*“No room”.*4 of .*Pump", proposed=4
        )
        self.assertRecordValues(
            shortage,
            [
                {
                    "plan_id": plan.id,
                    "plan_line_id": plan.line_ids.id,
                    "wanted": 9,
                    "on_hand": 2,
                    "missing": 7,
                }
            ],
        )

    def test_not_handed_in_is_the_dealers(self):
        self._create_plan()
        self._assert_verdict("not_handed_in", "dealer", "was due on 05/02/2026")

    def test_less_than_proposed_is_the_dealers(self):
        plan = self._create_plan()
        self._order(plan, quantity=1, reason="Small shop")
        self._assert_verdict(
            "lowered",
            "dealer",
            "planned 1 of .*Pump, 4 were proposed .“Small shop”",
            proposed=4,
            planned=1,
        )

    def test_handed_in_late_is_the_dealers_while_parts_are_on_their_way(self):
        plan = self._create_plan()
        with freeze_time("2026-05-20 08:00:00"):
            self._order(plan)
        self._assert_verdict(
            "late", "dealer", "due on 05/02/2026 and handed in on 05/20/2026"
        )

    def test_late_and_carried_out_all_the_same(self):
        plan = self._create_plan()
        with freeze_time("2026-05-20 08:00:00"):
            self._deliver_order(self._order(plan), 4)
        self._assert_verdict("more_used", "none", "more was used", received=4)

    def test_sent_back_and_left(self):
        plan = self._create_plan()
        self._submit(plan)
        action = plan.with_user(self.user_keeper).action_send_back()
        self._give_reason(action, self.user_keeper, "More")
        self._assert_verdict("sent_back", "dealer", "sent back on 04/02/2026")

    def test_not_decided_is_the_companys(self):
        self._submit(self._create_plan())
        self._assert_verdict("not_approved", "company", "not decided on")

    def test_approved_less_is_the_companys(self):
        plan = self._create_plan()
        self._submit(plan)
        plan.with_user(self.user_keeper).line_ids.approved_quantity = 2
        plan.with_user(self.user_keeper).action_approve()
        self._assert_verdict(
            "cut", "company", "approved 2 of the 4", planned=4, approved=2
        )

    def test_not_ordered_is_the_dealers(self):
        self._approve(self._create_plan())
        self._assert_verdict("not_ordered", "dealer", "4 of .* approved and 0 ordered")

    def test_order_that_waits_for_the_dealer_is_his(self):
        plan = self._create_plan()
        self._approve(plan)
        plan.action_order()
        self._assert_verdict("not_paid", "dealer", "not sent or not paid", ordered=4)

    def test_not_delivered_is_the_companys(self):
        self._order(self._create_plan())
        self._assert_verdict(
            "not_delivered", "company", "of 4 .*0 had arrived", ordered=4, received=0
        )

    def test_plan_carried_out_and_more_used(self):
        self._deliver_order(self._order(self._create_plan()), 4)
        self._assert_verdict("more_used", "none", "more was used than foreseen")

    def test_outside_the_season_no_plan_speaks(self):
        self._refuse(self._create_plan())
        shortage = self._miss("2026-07-02 08:00:00")
        self.assertEqual((shortage.cause, shortage.liability), ("no_plan", "none"))

    def test_verdict_stands_whatever_happens_later(self):
        plan = self._create_plan()
        self._refuse(plan)
        shortage = self._miss()
        plan.with_user(self.user_manager_a).action_reopen()
        self.assertEqual(shortage.cause, "refused")
        shortage.with_user(self.user_keeper).action_judge()
        self.assertEqual(shortage.cause, "not_handed_in")

    def test_requisition_notes_what_is_missing(self):
        """Three asked for, two there: one missing, until all are issued."""
        self._refuse(self._create_plan())
        with freeze_time(IN_SEASON):
            repair = self._create_repair("H1-0001")
            requisition = (
                self.env["aftersales.parts.requisition"]
                .with_user(self.user_tech_a)
                .create(
                    {
                        "repair_id": repair.id,
                        "line_ids": [
                            Command.create({"product_id": self.pump.id, "quantity": 3})
                        ],
                    }
                )
            )
            requisition.action_submit()
            shortage = repair.ticket_id.sudo().shortage_ids
            self.assertRecordValues(
                shortage,
                [
                    {
                        "source": "requisition",
                        "missing": 1,
                        "since": date(2026, 6, 10),
                        "liability": "dealer",
                        "ended_on": False,
                    }
                ],
            )
            self.assertTrue(repair.ticket_id.is_awaiting_parts)
            if requisition.state == "submitted":
                requisition.with_user(self.user_manager_a).action_approve()
        with freeze_time("2026-06-14 08:00:00"):
            self._store(self.pump, 1)
            requisition.with_user(self.user_agent_a).action_issue_all()
        self.assertRecordValues(shortage, [{"ended_on": date(2026, 6, 14), "days": 4}])
        self.assertFalse(repair.ticket_id.is_awaiting_parts)
        self.assertEqual(repair.ticket_id.stocking_liability, "dealer")

    def test_requisition_of_what_is_there_notes_nothing(self):
        repair = self._create_repair("H1-0001")
        requisition = (
            self.env["aftersales.parts.requisition"]
            .with_user(self.user_tech_a)
            .create(
                {
                    "repair_id": repair.id,
                    "line_ids": [
                        Command.create({"product_id": self.pump.id, "quantity": 2})
                    ],
                }
            )
        )
        requisition.action_submit()
        self.assertFalse(repair.ticket_id.shortage_ids)
        self.assertFalse(repair.ticket_id.stocking_liability)

    def test_cancelled_requisition_waits_no_more(self):
        repair = self._create_repair("H1-0001")
        requisition = (
            self.env["aftersales.parts.requisition"]
            .with_user(self.user_tech_a)
            .create(
                {
                    "repair_id": repair.id,
                    "line_ids": [
                        Command.create({"product_id": self.pump.id, "quantity": 5})
                    ],
                }
            )
        )
        requisition.action_submit()
        requisition.action_cancel()
        self.assertEqual(
            repair.ticket_id.sudo().shortage_ids.ended_on, date(2026, 4, 2)
        )

    def test_job_notes_the_parts_to_bring(self):
        case = self._create_repair("H1-0001").ticket_id
        job = (
            self.env["aftersales.dispatch"]
            .with_user(self.user_agent_a)
            .create(
                {
                    "ticket_id": case.id,
                    "staff_id": self.technician_a.id,
                    "date_start": "2026-04-03 08:00:00",
                    "date_end": "2026-04-03 10:00:00",
                    "place": "Farm",
                    "task": "Replace the pump",
                    "part_ids": [
                        Command.create({"product_id": self.pump.id, "quantity": 3})
                    ],
                }
            )
        )
        job.action_send()
        self.assertRecordValues(
            case.sudo().shortage_ids, [{"source": "dispatch", "missing": 1}]
        )

    def test_enough_is_there_nothing_is_noted(self):
        with self.assertRefused(UserError, "2 are in the dealer's stock"):
            self._miss(wanted=2)
        self.assertFalse(self.env["aftersales.stocking.shortage"].search([]))

    def test_nobody_enters_a_verdict(self):
        shortage = self._miss()
        case = shortage.ticket_id
        for user in (self.user_agent_a, self.user_manager_a, self.user_keeper):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                shortage.with_user(user).write({"cause": "not_delivered"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                shortage.with_user(user).create(
                    {
                        "ticket_id": case.id,
                        "product_id": self.oil.id,
                        "cause": "not_delivered",
                    }
                )
        self.assertEqual(shortage.cause, "no_plan")
        with self.assertRaises(AccessError):
            shortage.action_judge()

    def test_part_has_come(self):
        shortage = self._miss()
        with freeze_time("2026-06-13 08:00:00"):
            shortage.action_end()
        self.assertRecordValues(shortage, [{"ended_on": date(2026, 6, 13), "days": 3}])
        self.assertFalse(shortage.ticket_id.is_awaiting_parts)

    def test_list_of_the_unserved_by_who_is_liable(self):
        self._refuse(self._create_plan())
        shortage = self._miss()
        found = self.env["aftersales.stocking.shortage"].search(
            [("ended_on", "=", False), ("liability", "=", "dealer")]
        )
        self.assertEqual(found, shortage.sudo(False).with_user(self.env.user))
