from odoo.tests import HttpCase, freeze_time, tagged

from .common import NOON
from .common_outlier import OutlierCommon


@tagged("post_install", "-at_install")
class TestPartsAnalysisTours(OutlierCommon, HttpCase):
    """Quality asks about an outlier, the dealer's manager answers."""

    def test_dealer_is_asked_and_answers(self):
        self._use_of_a(5)
        with freeze_time(NOON):
            row = self._look()
        self.start_tour(
            "/odoo/parts-outliers",
            "aftersales_parts_analysis_ask",
            login=self.user_quality.login,
        )
        self.assertRecordValues(
            row,
            [
                {
                    "state": "asked",
                    "question": "Why so many pumps?",
                    "asked_by": self.user_quality.id,
                }
            ],
        )
        self.start_tour(
            "/odoo/parts-outliers",
            "aftersales_parts_analysis_answer",
            login=self.user_manager_a.login,
        )
        self.assertRecordValues(
            row,
            [
                {
                    "state": "answered",
                    "answer": "Hail in June",
                    "answered_by": self.user_manager_a.id,
                }
            ],
        )
