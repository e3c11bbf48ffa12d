from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, ComplaintCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestComplaintPareto(ComplaintCommon):
    """The most frequent first, with the share that they make together."""

    def _rank(self, dimension, year="1999"):
        rows = (
            self.env["aftersales.complaint.pareto"]
            .with_user(self.user_quality)
            .search([("dimension", "=", dimension), ("year", "=", year)])
        )
        return [
            (
                (row.class_id or row.cause_id).code,
                row.rank,
                row.count,
                row.share,
                row.running,
            )
            for row in rows
        ]

    def test_classes_of_a_year(self):
        for code, count in (("parts", 1), ("quality", 5), ("manner", 4)):
            complaint_class = self.env.ref(f"aftersales_complaint.class_{code}")
            for _number in range(count):
                self._create_complaint(
                    class_id=complaint_class.id, received_at="1999-05-05 08:00:00"
                )
        self._create_complaint(received_at="1998-05-05 08:00:00")
        self.assertEqual(
            self._rank("class"),
            [
                ("quality", 1, 5, 50.0, 50.0),
                ("manner", 2, 4, 40.0, 90.0),
                ("parts", 3, 1, 10.0, 100.0),
            ],
        )
        self.assertEqual(self._rank("class", "1998"), [("manner", 1, 1, 100.0, 100.0)])

    def test_causes_count_only_what_has_one(self):
        for cause in (self.cause.id, self.cause.id, False):
            self._create_complaint(cause_id=cause, received_at="1999-05-05 08:00:00")
        self.assertEqual(self._rank("cause"), [("behaviour", 1, 2, 100.0, 100.0)])

    def test_pareto_over_all_dealers_is_the_companys(self):
        self._create_complaint()
        pareto = self.env["aftersales.complaint.pareto"]
        for user in (self.user_manager_a, self.user_agent_b):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                pareto.with_user(user).search([])
