from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import PartsCommon

DUE = date(2026, 6, 24)
DECISION = {"finding": "Worn", "cause": "wear", "responsibility": "dealer"}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10 08:00:00")
class TestOldPartDispute(PartsCommon):
    """A disputed piece waits fourteen days for the dealer's answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive(cls.pump, 1)
        repair = cls._create_repair(parts={cls.pump: 1})
        cls._finish(repair)
        cls.tag = repair.sudo().old_part_ids.with_user(cls.user_inspector)
        cls.tag.action_receive()
        cls.tag._inspect({**DECISION, "disposition": "disputed"})

    def _answer(self, text="It was tight", user=None):
        user = user or self.user_agent_a
        action = self.tag.with_user(user).action_answer()
        self.env[action["res_model"]].with_user(user).with_context(
            **action["context"]
        ).create({"answer": text}).action_apply()

    def _search(self, *states):
        return self.tag.search([("dispute_state", "in", states)])

    def test_dealers_manager_is_asked_with_a_deadline(self):
        self.assertRecordValues(
            self.tag, [{"dispute_state": "waiting", "answer_due": DUE}]
        )
        task = self.tag.sudo().activity_ids
        self.assertRecordValues(
            task, [{"user_id": self.user_manager_a.id, "date_deadline": DUE}]
        )
        self.assertFalse(self.tag.is_payable)

    def test_no_decision_before_answer_or_deadline(self):
        with self.assertRaisesRegex(UserError, "may answer until 2026-06-24"):
            self.tag._inspect({**DECISION, "disposition": "scrap"})
        self.assertEqual(self.tag.disposition, "disputed")

    def test_answer_is_recorded_once_and_the_inspector_decides_again(self):
        self._answer()
        self.assertRecordValues(
            self.tag,
            [
                {
                    "dispute_state": "answered",
                    "answer": "It was tight",
                    "answered_by": self.user_agent_a.id,
                }
            ],
        )
        self.assertEqual(self.tag.sudo().activity_ids.user_id, self.user_inspector)
        with self.assertRaisesRegex(UserError, "answered already"):
            self._answer("Once more")
        self.tag._inspect(
            {**DECISION, "responsibility": "company", "disposition": "scrap"}
        )
        self.assertTrue(self.tag.is_payable)
        self.assertEqual(self.tag.answer, "It was tight")

    def test_silence_until_the_deadline_lets_the_inspector_decide(self):
        with freeze_time("2026-06-25 08:00:00"):
            self.tag.invalidate_recordset(["dispute_state"])
            self.assertEqual(self.tag.dispute_state, "late")
            self.assertEqual(self._search("late"), self.tag)
            self.tag._inspect({**DECISION, "disposition": "scrap"})
        self.assertEqual(self.tag.disposition, "scrap")

    def test_filters_find_the_state(self):
        self.assertEqual(self._search("waiting"), self.tag)
        self.assertFalse(self._search("late", "answered"))
        self._answer()
        self.assertEqual(self._search("answered"), self.tag)
        self.assertFalse(self._search("waiting", "late"))

    def test_other_dealer_and_company_do_not_answer(self):
        for user in (self.user_agent_b, self.user_inspector, self.user_keeper):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._answer(user=user)
        self.assertFalse(self.tag.answer)

    def test_answer_is_closed_to_direct_writes(self):
        with self.assertRaises(AccessError):
            self.tag.with_user(self.user_manager_a).write({"answer": "x"})
        self.assertFalse(self.tag.answer)
