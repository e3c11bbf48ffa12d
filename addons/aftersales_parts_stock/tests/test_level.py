import doctest

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models import aftersales_parts_level_proposal
from .common import DealerStockCommon


@tagged("post_install", "-at_install")
class TestLevel(DealerStockCommon):
    """Minimum and maximum, proposed from use, season and machines in the field."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(
            {
                "aftersales_level_days": 10,
                "aftersales_level_lead_days": 5,
                "aftersales_level_order_days": 10,
            }
        )
        cls.levels = cls.env["aftersales.parts.level"]

    def _use(self, quantity, serial="H1-0001"):
        self._finish(self._create_repair(serial, parts={self.pump: quantity}))

    def _propose(self, user=None):
        user = user or self.user_agent_a
        self.levels.with_user(user).action_propose()
        return self.levels.search(
            [("dealer_id", "=", self.dealer_a.id), ("product_id", "=", self.pump.id)]
        )

    def test_use_makes_the_level(self):
        """2 pieces in 10 days: 0.2 a day; 5 days to come and 10 to the next order."""
        self._use(2)
        level = self._propose()
        self.assertRecordValues(
            level,
            [
                {
                    "proposed_minimum": 1,
                    "proposed_maximum": 3,
                    "minimum": 0,
                    "maximum": 0,
                    "differs": True,
                }
            ],
        )
        self.assertIn("2 used in 10 days", level.reason)

    def test_season_of_the_days_to_come_counts(self):
        self._use(2)
        self.env["aftersales.parts.season"].create(
            {"name": "All year", "month_from": "1", "month_to": "12", "factor": 3}
        )
        level = self._propose()
        self.assertEqual((level.proposed_minimum, level.proposed_maximum), (3, 9))

    def test_season_over_new_year(self):
        season = self.env["aftersales.parts.season"].create(
            {"name": "Winter", "month_from": "11", "month_to": "2", "factor": 2}
        )
        for day, factor in (("2026-01-10", 2.0), ("2026-03-01", 1.0)):
            day = fields.Date.to_date(day)
            self.assertEqual(season._get_factor(self.pump, day), factor)

    def test_peers_use_per_machine_makes_a_first_level(self):
        """B has 1 machine and used nothing; A used 2 pieces on 1 machine."""
        self._use(2)
        self.env["aftersales.part.fit"].create(
            {
                "part_id": self.pump.id,
                "machine_id": self.machine.product_tmpl_id.id,
                "quantity": 2,
            }
        )
        self._create_active_card(
            "H1-0009",
            self.user_agent_b,
            dealer_id=self.dealer_b.id,
            partner_id=self.customer_b.id,
        )
        self.levels.with_user(self.user_agent_b).action_propose()
        level = self.levels.search([("dealer_id", "=", self.dealer_b.id)])
        self.assertRecordValues(
            level,
            [
                {
                    "product_id": self.pump.id,
                    "proposed_minimum": 1,
                    "proposed_maximum": 3,
                }
            ],
        )

    def test_proposal_is_taken_over_by_hand(self):
        self._use(2)
        level = self._propose().with_user(self.user_agent_a)
        level.action_accept()
        self.assertRecordValues(level, [{"minimum": 1, "maximum": 3, "differs": False}])

    def test_second_proposal_renews_the_first(self):
        self._use(2)
        level = self._propose()
        self._use(1, "H1-0002")
        self.assertEqual(self._propose(), level)
        self.assertIn("3 used", level.reason)

    def test_arithmetic_is_told_in_the_readers_language(self):
        self._use(2)
        level = self._propose()
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        self.assertIn("2 used in 10 days", level.reason)
        self.assertIn("10 天", level.with_context(lang="zh_CN").reason)

    def test_what_is_missing_up_to_the_maximum(self):
        level = self.levels.with_user(self.user_agent_a).create(
            {"product_id": self.pump.id, "minimum": 5, "maximum": 9}
        )
        self.assertEqual((level.on_hand, level.missing), (4, 5))
        self.assertEqual(self.levels.search([("missing", ">", 0)]), level)
        level.minimum = 4
        self.assertEqual(level.missing, 0)

    def test_maximum_below_minimum_is_refused(self):
        with self.assertRaises(ValidationError):
            self.levels.with_user(self.user_agent_a).create(
                {"product_id": self.pump.id, "minimum": 5, "maximum": 4}
            )

    def test_agent_proposes_for_his_dealer_alone(self):
        self._use(2)
        self._propose(self.user_agent_b)
        self.assertFalse(self.levels.search([("dealer_id", "=", self.dealer_a.id)]))

    def test_doctests(self):
        self.assertFalse(doctest.testmod(aftersales_parts_level_proposal).failed)
