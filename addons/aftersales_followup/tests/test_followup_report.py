from odoo.tests import freeze_time, tagged

from .common import NOW, FollowupCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupReport(FollowupCommon):
    """Averages are of those who answered; silence is not zero."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.aftersales_call_attempts = 1
        cls.rule = cls._create_rule(days_after=0)
        for score, charges in (("5", "4"), ("4", False), ("2", "1")):
            followup = cls._ask()
            followup.write({"score": score, "reason": "Said"})
            cls._get_charges(followup).score = charges
            followup.action_finish()
        cls._ask().action_not_reached()
        cls._ask()._cancel("Moved")
        cls._ask()
        cls.mine = cls.env["aftersales.followup.report"].search(
            [("rule_id", "=", cls.rule.id)]
        )

    @classmethod
    def _ask(cls):
        return cls.rule._plan(cls._close_question()).with_user(cls.user_support)

    @classmethod
    def _get_charges(cls, followup):
        return followup.answer_ids.filtered(lambda a: a.question_id.code == "charges")

    def _group(self, domain, by):
        return self.env["aftersales.followup.report"]._read_group(
            [("rule_id", "=", self.rule.id), *domain],
            by,
            ["score:avg", "satisfied:avg", "response:avg", "count:sum", "answers:sum"],
        )

    def test_overall_by_dealer(self):
        [row] = self._group([("question_id", "=", False)], ["dealer_id"])
        dealer, score, satisfied, response, count, answers = row
        self.assertEqual(dealer, self.dealer_a)
        self.assertAlmostEqual(float(score), 11 / 3)
        self.assertAlmostEqual(float(satisfied), 200 / 3)
        self.assertEqual(float(response), 75.0)
        self.assertEqual((count, answers), (6, 3))

    def test_by_question(self):
        rows = self._group([("question_id", "!=", False)], ["question_id"])
        [(question, score, satisfied, _response, count, answers)] = rows
        self.assertEqual(question.code, "charges")
        self.assertEqual((float(score), float(satisfied)), (2.5, 50.0))
        self.assertEqual((count, answers), (0, 2))

    def test_follow_ups_are_counted_once(self):
        [(*_rates, count, _answers)] = self._group([], [])
        self.assertEqual(count, 6)

    def test_dealer_sees_his_own_only(self):
        report = self.env["aftersales.followup.report"]
        own = report.with_user(self.user_manager_a).search(
            [("rule_id", "=", self.rule.id)]
        )
        self.assertEqual(own.ids, self.mine.ids)
        self.assertFalse(report.with_user(self.user_manager_b).search([]))
