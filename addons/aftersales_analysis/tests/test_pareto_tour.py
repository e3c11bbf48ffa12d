from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests.common import ServiceCommon


@tagged("post_install", "-at_install")
class TestParetoTour(ServiceCommon, HttpCase):
    """The chart in the browser: largest first, shares that end at 100."""

    def test_manager_reads_the_pareto(self):
        symptoms = self.env["aftersales.fault"].search(
            [("kind", "=", "symptom")], limit=2
        )
        for symptom, number in zip(symptoms, (1, 3), strict=True):
            self.env["repair.order"].create(
                [
                    {
                        "is_history": True,
                        "history_result": "fixed",
                        "state": "done",
                        "finished_at": "2026-06-01 08:00:00",
                        "schedule_date": "2026-06-01 08:00:00",
                        "dealer_id": self.dealer_a.id,
                        "symptom_id": symptom.id,
                    }
                ]
                * number
            )
        self.start_tour(
            "/odoo/fault-pareto",
            "aftersales_pareto",
            login=self.user_manager_a.login,
        )
