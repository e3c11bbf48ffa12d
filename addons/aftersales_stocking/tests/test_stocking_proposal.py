from datetime import date, datetime

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, StockingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingProposal(StockingCommon):
    """What is proposed, from which figures, and said in which words."""

    def test_better_season_less_what_is_there_rounded_up(self):
        """6 in June 2025 and 4 in June 2024; 2 on hand, 1 on its way: 3."""
        self._deliver(self.pump, 1)
        plan = self._create_plan()
        self.assertRecordValues(
            plan.line_ids,
            [
                {
                    "product_id": self.pump.id,
                    "used_last": 6,
                    "used_before": 4,
                    "on_hand": 2,
                    "on_order": 1,
                    "need": 6,
                    "proposed": 3,
                    "quantity": 3,
                    "price_unit": 200,
                    "value": 600,
                    "is_added": False,
                }
            ],
        )
        self.assertIn("Used 6 in 2025 and 4 in 2024", plan.line_ids.arithmetic)
        self.assertIn("6 − 2 on hand − 1 on its way", plan.line_ids.arithmetic)

    def test_days_of_the_plan(self):
        self.assertRecordValues(
            self._create_plan(),
            [
                {
                    "date_start": date(2026, 6, 1),
                    "date_end": date(2026, 6, 30),
                    "due_date": date(2026, 5, 2),
                    "state": "proposed",
                }
            ],
        )

    def test_use_outside_the_season_does_not_count(self):
        self._store(self.pump, 9)
        self._use(self.pump, 9, datetime(2025, 7, 2, 8))
        line = self._create_plan().line_ids
        self.assertEqual((line.used_last, line.proposed), (6, 4))

    def test_peers_use_per_machine_when_it_is_more(self):
        """A has one machine and used 6 pumps; B has two machines and used none."""
        self.env["aftersales.part.fit"].create(
            {
                "part_id": self.pump.id,
                "machine_id": self.machine.product_tmpl_id.id,
                "quantity": 2,
            }
        )
        for serial in ("H1-0008", "H1-0009"):
            self._create_active_card(
                serial,
                self.user_agent_b,
                dealer_id=self.dealer_b.id,
                partner_id=self.customer_b.id,
            )
        self._store(self.pump, 5, self.dealer_b)
        plan = self._create_plan(self.user_agent_b, dealer_id=self.dealer_b.id)
        self.assertRecordValues(
            plan.line_ids,
            [
                {
                    "used_last": 0,
                    "peer_rate": 6,
                    "machine_count": 2,
                    "need": 12,
                    "on_hand": 5,
                    "proposed": 7,
                }
            ],
        )
        self.assertIn("6 per machine × 2 machines = 12", plan.line_ids.arithmetic)

    def test_only_classes_that_dealers_stock(self):
        self._store(self.oil, 3)
        self._use(self.oil, 3, datetime(2025, 6, 11, 8))
        self.assertEqual(self._create_plan().line_ids.product_id, self.pump)

    def test_marked_class_is_proposed(self):
        self._store(self.oil, 3)
        self._use(self.oil, 3, datetime(2025, 6, 11, 8))
        self.class_consumable.is_stocked = True
        self.assertEqual(self._create_plan().line_ids.product_id, self.pump + self.oil)

    def test_categories_of_the_season_limit_it(self):
        self.season.category_ids = self.category
        self.assertFalse(self._create_plan().line_ids)

    def test_enough_is_there(self):
        self._store(self.pump, 10)
        line = self._create_plan().line_ids
        self.assertEqual((line.need, line.on_hand, line.proposed), (6, 12, 0))

    def test_what_is_ordered_is_on_its_way(self):
        order = self.env["aftersales.parts.order"].create(
            {
                "dealer_id": self.dealer_a.id,
                "line_ids": [
                    Command.create({"product_id": self.pump.id, "quantity": 3})
                ],
            }
        )
        plan = self._create_plan()
        self.assertEqual(plan.line_ids.on_order, 0)
        order.state = "submitted"
        plan.action_propose()
        self.assertRecordValues(plan.line_ids, [{"on_order": 3, "proposed": 1}])

    def test_entered_quantity_stays_when_proposed_again(self):
        plan = self._create_plan()
        plan.line_ids.write({"quantity": 1, "dealer_reason": "Small shop"})
        self._store(self.pump, 1)
        plan.action_propose()
        self.assertRecordValues(plan.line_ids, [{"proposed": 3, "quantity": 1}])

    def test_untouched_quantity_follows_the_proposal(self):
        plan = self._create_plan()
        self._store(self.pump, 1)
        plan.action_propose()
        self.assertRecordValues(plan.line_ids, [{"proposed": 3, "quantity": 3}])

    def test_part_added_by_hand_stays(self):
        plan = self._create_plan()
        plan.write(
            {"line_ids": [Command.create({"product_id": self.oil.id, "quantity": 5})]}
        )
        plan.action_propose()
        added = plan.line_ids.filtered("is_added")
        self.assertRecordValues(
            added, [{"product_id": self.oil.id, "quantity": 5, "proposed": 0}]
        )
        self.assertEqual(added.arithmetic, "Added by hand")

    def test_season_over_new_year(self):
        season = self.env["aftersales.parts.season"].create(
            {"name": "Snow", "month_from": "11", "month_to": "2"}
        )
        self.assertEqual(
            season._get_occurrence(2026), (date(2026, 11, 1), date(2027, 2, 28))
        )
        self.assertEqual(season._get_next_year(date(2026, 11, 1)), 2026)
        self.assertEqual(season._get_next_year(date(2026, 11, 2)), 2027)

    def test_plan_keeps_its_days_when_the_season_changes(self):
        plan = self._create_plan()
        self.season.write({"month_from": "7", "month_to": "8"})
        self.assertEqual(plan.date_start, date(2026, 6, 1))

    def test_facts_are_read_once_for_many_dealers(self):
        """As many queries for three dealers as for one."""
        plans = self._create_plan().sudo()
        plans._get_facts()
        for dealer in (self.dealer_b, self.dealer_c):
            plans |= self._create_plan(self.user_keeper, dealer_id=dealer.id).sudo()
        self.env.invalidate_all()
        self.env.flush_all()
        one = plans[:1]
        before = self.env.cr.sql_log_count
        one._get_facts()
        single = self.env.cr.sql_log_count - before
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        plans._get_facts()
        self.assertLessEqual(self.env.cr.sql_log_count - before, single + 1)
