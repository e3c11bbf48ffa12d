from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOON
from .common_outlier import OutlierCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestOutlierDecision(OutlierCommon):
    """What people say about a row, and what the next night does to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._use(cls.cards[cls.dealer_a][0], {cls.pump: 5})
        cls.outliers.with_user(cls.user_keeper).action_recompute()
        cls.row = cls.outliers.search(
            [("kind", "=", "dealer"), ("dealer_id", "=", cls.dealer_a.id)]
        )

    def _ask(self):
        row = self.row.with_user(self.user_quality)
        row.question = "Why so many?"
        row.action_ask()
        return row

    def test_second_look_changes_nothing(self):
        self.assertEqual(self._look(), self.row)
        self.assertEqual(self.row.used, 5.0)

    def test_new_row_follows_the_figures(self):
        self._use_of_a(2)
        self.assertEqual(self._look(), self.row)
        self.assertEqual((self.row.used, self.row.excess), (7.0, 6.0))

    def test_new_row_goes_when_it_is_no_outlier_any_more(self):
        with freeze_time("2026-08-10 04:00:00"):
            self.assertFalse(self._look())

    def test_row_that_somebody_talks_about_stays(self):
        self.row.with_user(self.user_quality).reason = "I am on it"
        with freeze_time("2026-08-10 04:00:00"):
            self.assertEqual(self._look(), self.row)

    def test_dealer_is_asked_answers_and_the_company_decides(self):
        row = self._ask()
        self.assertEqual((row.state, row.asked_by), ("asked", self.user_quality))
        activity = row.activity_ids
        self.assertEqual(activity.user_id, self.user_manager_a)
        mine = self.row.with_user(self.user_manager_a)
        mine.answer = "Hail broke them"
        mine.action_answer()
        self.assertEqual(
            (row.state, row.answered_by), ("answered", self.user_manager_a)
        )
        self.assertEqual(row.activity_ids.user_id, self.user_quality)
        row.reason = "Hail of 20 June"
        row.action_explain()
        self.assertRecordValues(
            row,
            [
                {
                    "state": "explained",
                    "decided_by": self.user_quality.id,
                    "decided_on": self._get_moment(NOON),
                    "answer": "Hail broke them",
                }
            ],
        )
        self.assertFalse(row.activity_ids)

    def test_asked_row_keeps_its_figures(self):
        row = self._ask()
        self._use_of_a(9)
        self.assertEqual(self._look(), self.row)
        self.assertEqual((row.used, row.state), (5.0, "asked"))

    def test_decided_use_does_not_count_again(self):
        self.row.with_user(self.user_keeper).reason = "Hail"
        self.row.with_user(self.user_keeper).action_explain()
        self.assertEqual(self._look(), self.row)
        with freeze_time("2026-07-16 04:00:00"):
            # 10 to 15 July: peers used none, three pieces are an outlier of their own
            self._use_of_a(2, "2026-07-12 04:00:00")
            self.assertEqual(self._look(), self.row)
            self._use_of_a(1, "2026-07-13 04:00:00")
            later = self._look() - self.row
        self.assertEqual((later.used, str(later.date_from)), (3.0, "2026-07-10"))
        self.assertEqual((self.row.used, self.row.state), (5.0, "explained"))

    def test_decision_can_be_taken_back(self):
        row = self.row.with_user(self.user_keeper)
        row.reason = "Stolen"
        row.action_confirm()
        self.assertEqual(row.state, "confirmed")
        row.action_reopen()
        self.assertRecordValues(row, [{"state": "new", "decided_by": False}])

    # REFUSED

    def test_nothing_is_decided_without_a_reason(self):
        row = self.row.with_user(self.user_quality)
        for act, field in (
            (row.action_explain, "Reason"),
            (row.action_confirm, "Reason"),
            (row.action_ask, "Question"),
        ):
            with self.assertRefused(UserError, f"fill in “{field}”"):
                act()
        self.assertEqual(row.state, "new")

    def test_empty_answer_is_refused(self):
        self._ask()
        with self.assertRefused(UserError, "Dealer's Answer"):
            self.row.with_user(self.user_manager_a).action_answer()
        self.assertEqual(self.row.state, "asked")

    def test_each_side_writes_its_own_words(self):
        company = self._ask()
        dealer = self.row.with_user(self.user_manager_a)
        for user_row, vals in (
            (dealer, {"reason": "x"}),
            (dealer, {"question": "x"}),
            (dealer, {"used": 0.0}),
            (dealer, {"state": "explained"}),
            (company, {"answer": "x"}),
            (company, {"question": "x"}),
            (company, {"expected": 99.0}),
            (company, {"dealer_id": self.dealer_b.id}),
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                user_row.write(vals)

    def test_answer_is_final_once_handed_in(self):
        self._ask()
        dealer = self.row.with_user(self.user_manager_a)
        dealer.answer = "Hail"
        dealer.action_answer()
        with self.assertRaises(AccessError):
            dealer.answer = "Something else"

    def test_dealer_does_not_decide(self):
        self._ask()
        dealer = self.row.with_user(self.user_manager_a)
        for act in (dealer.action_explain, dealer.action_confirm, dealer.action_ask):
            with self.assertRaises(UserError):
                act()
        self.assertEqual(self.row.state, "asked")

    def test_others_of_the_company_neither_look_nor_decide(self):
        for user in (self.user_support, self.user_accountant):
            row = self.row.with_user(user)
            self.assertEqual(row.used, 5.0)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.action_recompute()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.reason = "x"
