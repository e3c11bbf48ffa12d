from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced
from odoo.addons.aftersales_service.tests.common import ServiceCommon


@tagged("post_install", "-at_install")
class TestCaseAnalysisFence(FenceChecks, ServiceCommon):
    """A dealer sees the figures of his own cases."""

    addon = "aftersales_analysis"
    owner, intruder = "a", "b"

    @classmethod
    def _create_fenced_rows(cls):
        foreign = cls._create_case()
        own = cls._create_case(cls.user_agent_b)
        cls.env.flush_all()
        rows = cls.env["aftersales.case.analysis"]
        return {rows._name: Fenced(rows.browse(foreign.ids), rows.browse(own.ids))}

    def test_other_dealers_figures_are_closed(self):
        for user in self.intruders:
            for model, rows in self.fenced.items():
                with self.subTest(user=user.login, model=model):
                    self.assert_fenced(user, model, rows)
