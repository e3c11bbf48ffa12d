from datetime import date

from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import REFERENCE, FenceChecks, Fenced

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestPartsReturnFence(FenceChecks, ReturnCommon):
    """A dealer's returns, prices and deemed sales are his own."""

    addon = "aftersales_parts_return"
    owner, intruder = "a", "b"
    reference = {
        **REFERENCE,
        "aftersales.parts.return.reason": "rules that hold for everybody",
    }

    @classmethod
    def _create_fenced_rows(cls):
        paper = cls._create_return((cls.pump, 1, cls.unsaleable, None))
        paper.action_submit()
        paper = paper.sudo()
        [holding] = cls.env["aftersales.parts.holding"]._get_held(cls.place_a, cls.pump)
        sales = cls.env["aftersales.parts.deemed.sale"]
        sale = sales.create(sales._prepare_warning_vals(holding, date(2026, 6, 15)))
        return {
            record._name: Fenced(record)
            for record in (paper, paper.line_ids, paper.line_ids.price_ids, sale)
        }

    def test_other_dealers_rows_are_closed(self):
        for user in self.intruders:
            for model, rows in self.fenced.items():
                with self.subTest(user=user.login, model=model):
                    self.assert_fenced(user, model, rows)

    def test_own_rows_are_open(self):
        for model, rows in self.fenced.items():
            row = rows.foreign.with_user(self.user_agent_a)
            with self.subTest(model=model):
                self.assertTrue(row.search([("id", "in", row.ids)]))

    def test_reasons_belong_to_nobody(self):
        self.assert_reference_models_belong_to_nobody()

    def test_costs_are_hidden(self):
        for user in self.intruders:
            self.assert_costs_hidden(user)
