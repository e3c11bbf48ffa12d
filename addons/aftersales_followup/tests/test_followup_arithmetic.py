import doctest

from odoo.tests import BaseCase, tagged

from ..utils import periods, sampling


@tagged("post_install", "-at_install")
class TestFollowupArithmetic(BaseCase):
    def test_arithmetic_keeps_its_examples(self):
        for module in (periods, sampling):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertEqual(result.failed, 0)
                self.assertGreater(result.attempted, 2)
