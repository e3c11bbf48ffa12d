from datetime import date

from odoo.tests import freeze_time, tagged

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-30")
class TestCoverageVerdict(WarrantyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-10"):
            cls.card = cls._create_active_card("V-1")
        product = cls.env["product.product"]
        cls.block = product.create(
            {"name": "Engine Block", "part_class_id": cls.class_main.id}
        )
        cls.knife = product.create(
            {"name": "Knife", "part_class_id": cls.class_wear.id}
        )
        cls.oil = product.create(
            {"name": "Oil", "part_class_id": cls.class_consumable.id}
        )
        cls.hose = product.create({"name": "Hose"})

    def test_verdict_by_part_and_day(self):
        for part, day, usage, covered, codes in (
            (None, date(2026, 2, 28), None, False, ("before_start",)),
            (None, date(2026, 3, 1), None, True, ("in_term",)),
            (None, date(2027, 3, 1), None, True, ("in_term",)),
            (None, date(2027, 3, 2), None, False, ("expired",)),
            (self.hose, date(2027, 3, 1), None, True, ("in_term",)),
            (self.hose, date(2027, 3, 2), None, False, ("expired",)),
            (self.block, date(2028, 3, 1), 2000, True, ("in_term",)),
            (self.block, date(2028, 3, 1), 2001, False, ("usage_exceeded",)),
            (self.block, date(2028, 3, 2), 1, False, ("expired",)),
            (self.knife, date(2026, 6, 1), None, True, ("in_term", "share")),
            (self.knife, date(2026, 6, 2), None, False, ("expired",)),
            (self.oil, date(2026, 3, 2), None, False, ("class_not_covered",)),
            (self.class_main, date(2027, 6, 1), 10, True, ("in_term",)),
            (self.machine, date(2026, 6, 1), None, True, ("in_term",)),
        ):
            with self.subTest(part=part and part.name, day=day, usage=usage):
                verdict = self.card.coverage_verdict(part, day, usage)
                self.assertEqual(verdict.covered, covered)
                self.assertEqual(verdict.codes, codes)
                self.assertEqual(verdict.reimbursable, covered)
                self.assertEqual(bool(verdict.labour_share), covered)

    def test_shares_are_the_terms(self):
        verdict = self.card.coverage_verdict(self.knife, date(2026, 5, 1))
        self.assertEqual(
            (verdict.parts_share, verdict.labour_share, verdict.travel_share),
            (50.0, 100.0, 100.0),
        )
        self.assertIn("50 % of parts", verdict.text)

    def test_category_gives_its_parts_their_class(self):
        parts = self.env["product.category"].create(
            {"name": "Oils", "part_class_id": self.class_consumable.id}
        )
        below = self.env["product.category"].create(
            {"name": "Gear Oils", "parent_id": parts.id}
        )
        self.hose.categ_id = below
        verdict = self.card.coverage_verdict(self.hose, date(2026, 5, 1))
        self.assertEqual(verdict.codes, ("class_not_covered",))

    def test_reading_before_the_day_counts_when_none_is_given(self):
        self.card._record_usage(1999, date(2026, 4, 1), "manual")
        self.card._record_usage(2001, date(2026, 5, 1), "manual")
        self.assertTrue(
            self.card.coverage_verdict(self.block, date(2026, 4, 30)).covered
        )
        self.assertFalse(
            self.card.coverage_verdict(self.block, date(2026, 5, 1)).covered
        )

    def test_machine_in_repair_does_not_expire(self):
        self.card.with_user(self.user_support)._stop_clock(date(2026, 6, 30))
        verdict = self.card.coverage_verdict(on_date=date(2027, 6, 1))
        self.assertTrue(verdict.covered)
        self.assertEqual(verdict.codes, ("in_term", "stopped"))

    def test_no_card_is_an_answer(self):
        verdict = self.env["aftersales.warranty.card"].coverage_verdict()
        self.assertFalse(verdict.covered)
        self.assertEqual(verdict.codes, ("no_card",))
        self.assertEqual(verdict.parts_share, 0.0)

    def test_card_out_of_force_covers_nothing(self):
        draft = self._create_card("V-2")
        self.assertEqual(draft.coverage_verdict().codes, ("not_active",))
        self.assertIn("Draft", draft.coverage_verdict().text)

    def test_reasons_speak_chinese(self):
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        verdict = self.card.with_context(lang="zh_CN").coverage_verdict(
            self.oil, date(2026, 5, 1)
        )
        self.assertIn("不在", verdict.text)

    def test_many_questions_cost_no_more_queries_than_one(self):
        with freeze_time("2026-03-10"):
            cards = self.card
            for number in range(20):
                cards |= self._create_active_card(f"Q-{number}")
        parts = self.block + self.knife + self.hose

        def count(cards):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            questions = [
                (card, part, date(2026, 5, 1), None) for card in cards for part in parts
            ]
            verdicts = cards._coverage_verdicts(questions)
            self.assertEqual([v.covered for v in verdicts], [True] * len(questions))
            return self.env.cr.sql_log_count - before

        count(cards)
        self.assertEqual(count(cards[:1]), count(cards))

    def test_a_dealer_may_ask_for_any_machine_and_learns_no_names(self):
        check = (
            self.env["aftersales.warranty.check"]
            .with_user(self.user_agent_b)
            .create({"serial": "v-1", "on_date": date(2026, 5, 1)})
        )
        self.assertTrue(check.covered)
        self.assertEqual(check.machine, self.machine.display_name)
        for secret in ("A01", "Northern", "Zhang", self.card.name):
            self.assertNotIn(secret, check.verdict_text)
        check.serial = "UNKNOWN"
        self.assertFalse(check.covered)
        self.assertFalse(check.machine)
