from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AnalysisCommon


@tagged("post_install", "-at_install")
class TestSettings(AnalysisCommon):
    """Settings that would make nonsense of the figures are refused."""

    def test_impossible_settings_are_refused(self):
        for name, value in (
            ("aftersales_analysis_days", 0),
            ("aftersales_outlier_pieces", 0),
            ("aftersales_outlier_peers", 1),
            ("aftersales_outlier_factor", 0),
            ("aftersales_fill_days", -1),
            ("aftersales_dead_days", 0),
            ("aftersales_slow_days", 0),
        ):
            before = self.company[name]
            with (
                self.subTest(name=name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.company[name] = value
                self.env.flush_all()
            self.company.invalidate_recordset()
            self.assertEqual(self.company[name], before)
