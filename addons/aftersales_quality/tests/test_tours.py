from odoo.tests import HttpCase, tagged

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestQualityTours(QualityCommon, HttpCase):
    """The inspector's day: one repair sent back, then passed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._create_work()
        cls._pass(cls.repair)
        cls._pass(cls.repair, cls.user_manager_a)

    def test_inspector_sends_the_work_back(self):
        self.start_tour(
            "/odoo/to-check",
            "aftersales_quality_inspector_fails",
            login="aftersales_inspector",
        )
        self.env.invalidate_all()
        self.assertRecordValues(
            self.repair, [{"quality_state": "redo", "quality_redo_count": 1}]
        )
        failed = self.repair.sudo().quality_check_ids.filtered(
            lambda check: check.state == "failed"
        )
        self.assertRecordValues(
            failed,
            [
                {
                    "level": "inspector",
                    "round": 1,
                    "redo": "Seal the housing",
                    "defect_ids": self.defect.ids,
                    "checked_by_id": self.user_inspector.id,
                }
            ],
        )
        self.assertEqual(self._get_check(self.repair).level, "self")

    def test_inspector_passes_the_work(self):
        self.start_tour(
            "/odoo/to-check",
            "aftersales_quality_inspector_passes",
            login="aftersales_inspector",
        )
        self.env.invalidate_all()
        self.assertEqual(self.repair.quality_state, "passed")
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")
