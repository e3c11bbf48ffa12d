from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import NOON, AnalysisCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestPartsAnalysisFence(FenceChecks, AnalysisCommon):
    """A dealer's figures are his own; peers appear only as sums."""

    addon = "aftersales_parts_analysis"
    owner, intruder = "a", "b"

    @classmethod
    def _create_fenced_rows(cls):
        for dealer in cls.dealers:
            cls._stock_up(dealer, 30)
            cards = cls._sell(dealer, 3)
            cls._use(cards[0], {cls.pump: 20 if dealer == cls.dealer_a else 1})
            cls._ask_for_parts(dealer)
        env = cls.env
        env["aftersales.parts.turnover"]._cron_recompute()
        env["aftersales.parts.outlier"]._cron_recompute()
        cls.outlier = env["aftersales.parts.outlier"].search(
            [("dealer_id", "=", cls.dealer_a.id), ("kind", "=", "dealer")]
        )
        cls.outlier.question = "Why?"
        cls.outlier.action_ask()
        env.flush_all()
        rows = {
            name: Fenced(
                *(
                    env[name].search([("dealer_id", "=", dealer.id)])
                    for dealer in (cls.dealer_a, cls.dealer_b)
                )
            )
            for name in (
                "aftersales.parts.consumption",
                "aftersales.machine.park",
                "aftersales.parts.rate",
                "aftersales.parts.fill",
                "aftersales.parts.turnover",
            )
        }
        return {**rows, "aftersales.parts.outlier": Fenced(cls.outlier)}

    @classmethod
    def _ask_for_parts(cls, dealer):
        """A requisition on an open repair record."""
        card = cls.env["aftersales.warranty.card"].search(
            [("dealer_id", "=", dealer.id)], limit=1
        )
        ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "It stopped",
                "description": "<p>It stopped.</p>",
                "dealer_id": dealer.id,
                "partner_id": card.partner_id.id,
                "lot_id": card.lot_id.id,
            }
        )
        repair = ticket._create_repair()
        requisition = cls.env["aftersales.parts.requisition"].create(
            {
                "repair_id": repair.id,
                "staff_id": cls._get_technician(dealer).id,
                "line_ids": [(0, 0, {"product_id": cls.pump.id})],
            }
        )
        requisition.action_submit()

    def test_other_dealers_rows_are_closed(self):
        for user in self.intruders:
            for model, rows in self.fenced.items():
                if user == self.user_agent_b and model == self.outlier._name:
                    continue  # closed to him altogether, see below
                with self.subTest(user=user.login, model=model):
                    self.assert_fenced(user, model, rows)

    def test_there_are_rows_to_hide(self):
        for model, rows in self.fenced.items():
            with self.subTest(model=model):
                self.assertTrue(rows.foreign)
                self.assertEqual(rows.foreign.dealer_id, self.dealer_a)

    def test_groups_and_sums_are_of_own_rows_alone(self):
        for model in self.fenced:
            if model == self.outlier._name:
                continue
            rows = self.env[model].with_user(self.user_manager_b)
            with self.subTest(model=model):
                groups = rows.formatted_read_group([], ["dealer_id"], ["__count"])
                self.assertEqual(
                    [group["dealer_id"][0] for group in groups], self.dealer_b.ids
                )

    def test_outliers_are_for_the_dealers_manager(self):
        for user in (self.user_agent_a, self.user_agent_b):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.outlier.with_user(user).search_count([])
        own = self.outlier.with_user(self.user_manager_a).search([])
        self.assertEqual(own, self.outlier)
        self.assertIn("3 peers used 3 on 9", own.arithmetic)

    def test_dealer_does_not_see_an_outlier_before_he_is_asked(self):
        self.outlier.write({"state": "new", "asked_on": False})
        self.env.flush_all()
        rows = self.outlier.with_user(self.user_manager_a)
        self.assertFalse(rows.search([]))
        with self.assertRaises(AccessError):
            rows.read(["used"])

    def test_costs_are_hidden(self):
        for user in self.intruders:
            rows = self.env["aftersales.parts.consumption"].with_user(user)
            self.assertFalse(rows._has_field_access(rows._fields["cost"], "read"))

    def test_every_model_is_classified(self):
        for user in self.intruders:
            self.assertFalse(
                {
                    name
                    for name in self._get_open_models(user)
                    if name.startswith(("aftersales.parts.", "aftersales.machine."))
                }
                - set(self.fenced)
            )
