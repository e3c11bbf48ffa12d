from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestTrainingMeasures(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer_a.staff_ids.filtered(
            lambda staff: staff != cls.technician_a
        ).role = "agent"
        cls.colleagues = cls.env["aftersales.staff"].create(
            [
                {"name": f"Colleague {number}", "dealer_id": cls.dealer_a.id}
                for number in range(3)
            ]
        )

    def _measure(self, date_from, date_to):
        dealers = self.dealer_a | self.dealer_b
        return dealers._get_training_measures(date_from, date_to)

    def test_figures_of_a_dealer(self):
        enrolment = self._attend(self._create_session(), self.technician_a)
        failed = self._open_exam(enrolment)
        self._answer(failed, True, True)
        self._mark(failed, 0, 0)
        self._mark(self._open_exam(enrolment), 20, 30)
        self._attend(self._create_session("2026-05-31 08:00:00"), self.colleagues[0])
        measures = self._measure(date(2026, 6, 1), date(2026, 6, 30))
        self.assertEqual(
            measures[self.dealer_a],
            {
                "staff": 4,
                "certified": 1,
                "coverage": 25.0,
                "exams": 2,
                "passed": 1,
                "pass_rate": 50.0,
                "hours": 8.0,
                "hours_per_head": 2.0,
            },
        )
        self.assertEqual(measures[self.dealer_b]["exams"], 0)
        self.assertEqual(measures[self.dealer_b]["coverage"], 0)
        before = self._measure(date(2026, 5, 1), date(2026, 5, 31))[self.dealer_a]
        self.assertEqual((before["exams"], before["certified"]), (0, 0))
        self.assertEqual((before["hours"], before["hours_per_head"]), (8, 2))

    def test_certificates_count_as_they_were_on_the_last_day(self):
        self._create_certificate(
            self.technician_a, valid_from="2026-01-01", valid_to="2026-03-31"
        )
        for day, certified in ((date(2026, 3, 31), 1), (date(2026, 4, 1), 0)):
            figures = self._measure(date(2026, 1, 1), day)[self.dealer_a]
            self.assertEqual(figures["certified"], certified)

    def test_dealer_page_shows_them_to_its_manager(self):
        self._create_certificate(self.technician_a)
        dealer = self.dealer_a.with_user(self.user_manager_a)
        self.assertEqual((dealer.certificate_coverage, dealer.exam_pass_rate), (25, 0))
        with self.assertRaises(AccessError):
            self.dealer_a.with_user(self.user_agent_a).read(["exam_pass_rate"])
        with self.assertRaises(AccessError):
            self.dealer_a.with_user(self.user_manager_b).read(["exam_pass_rate"])

    def test_matrix_behind_the_figure_is_the_dealers(self):
        self._attend(self._create_session(), self.technician_a)
        self._attend(self._create_session("2026-05-31 08:00:00"), self.technician_b)
        action = self.dealer_a.with_user(
            self.user_coordinator
        ).action_open_training_matrix()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(rows.staff_id, self.technician_a)
