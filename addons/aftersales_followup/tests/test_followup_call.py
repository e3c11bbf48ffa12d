from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, FollowupCommon

TOMORROW = datetime(2026, 6, 16, 8)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupCall(FollowupCommon):
    """The call, as support or a dealer's agent makes it."""

    def _give(self, followup, score, **vals):
        followup.write({"score": score, **vals})
        followup.answer_ids.write({"score": score})

    def test_answers_are_taken_down(self):
        followup = self._plan_call()
        self._give(followup, "5", suggestion="Come earlier")
        followup.answer_ids[0].score = "4"
        followup.action_finish()
        self.assertRecordValues(
            followup,
            [
                {
                    "state": "done",
                    "reached": True,
                    "asked_on": datetime(2026, 6, 15, 8),
                    "user_id": self.user_support.id,
                    "score_value": 5,
                    "is_bad": False,
                    "delay": 0,
                    "staff_id": self.technician_a.id,
                }
            ],
        )
        self.assertEqual(
            self._get_points(followup),
            {
                "arrival": "4",
                "skill": "5",
                "manner": "5",
                "fixed": "5",
                "charges": "5",
                "product": "5",
            },
        )

    def test_who_repaired_does_not_ask(self):
        followup = self._plan_call(self.user_tech_a, asker="dealer")
        self._give(followup, "5")
        message = (
            f"Tech A cannot ask in {followup.name}: Tech A carried out repair "
            f"{followup.repair_id.name}"
        )
        for act in (followup.action_finish, followup.action_not_reached):
            with self.assertRefused(ValidationError, message):
                act()
        self.assertEqual(followup.state, "planned")
        self.assertEqual(followup.attempt_count, 0)
        followup.with_user(self.user_agent_a).action_finish()
        self.assertEqual(followup.user_id, self.user_agent_a)

    def test_who_repaired_cannot_be_named_as_asker(self):
        repair = self._close_repair()
        refusal = self.assertRefused(ValidationError, "Tech A cannot ask")
        with refusal, self.cr.savepoint():
            self.env["aftersales.followup"].with_user(self.user_support).create(
                {
                    "ticket_id": repair.ticket_id.id,
                    "score": "5",
                    "user_id": self.user_tech_a.id,
                }
            )
        self.assertFalse(repair.ticket_id.followup_ids)

    def test_dealer_asks_only_where_he_is_to_ask(self):
        followup = self._plan_call(self.user_agent_a, asker="support")
        self.assertFalse(followup.can_finish)
        with self.assertRaises(AccessError):
            followup.score = "5"
        with self.assertRaises(AccessError):
            followup.answer_ids.write({"score": "5"})
        with self.assertRaises(AccessError):
            followup.sudo().with_user(self.user_agent_a).action_not_reached()
        self.assertFalse(followup.sudo().score)

    def test_call_without_an_overall_score_is_refused(self):
        followup = self._plan_call()
        with self.assertRefused(UserError, "overall score"):
            followup.action_finish()
        self.assertEqual(followup.state, "planned")

    def test_dissatisfied_customer_has_a_reason(self):
        followup = self._plan_call()
        followup.score = "2"
        with self.assertRefused(UserError, "why the customer"):
            followup.action_finish()
        self.assertEqual(followup.state, "planned")
        followup.reason_ids = self.reason_manner
        followup.action_finish()
        self.assertRecordValues(followup, [{"state": "done", "is_bad": True}])

    def test_bad_is_what_the_company_calls_bad(self):
        followup = self._plan_call()
        self.company.aftersales_bad_score = 3
        followup.write({"score": "3", "reason": "So-so"})
        followup.action_finish()
        self.assertTrue(followup.is_bad)

    def test_three_points_are_not_bad_by_default(self):
        followup = self._plan_call()
        self._give(followup, "3")
        followup.action_finish()
        self.assertFalse(followup.is_bad)

    def test_one_critical_question_makes_it_bad(self):
        followup = self._plan_call()
        self._give(followup, "5")
        manner = followup.answer_ids.filtered("question_id.is_critical")
        self.assertEqual(manner.question_id.code, "manner")
        manner.score = "2"
        followup.action_finish()
        self.assertTrue(followup.is_bad)

    def test_one_uncritical_question_does_not(self):
        followup = self._plan_call()
        self._give(followup, "5")
        followup.answer_ids.filtered(
            lambda a: a.question_id.code == "charges"
        ).score = "1"
        followup.action_finish()
        self.assertFalse(followup.is_bad)

    def test_customer_is_tried_three_times(self):
        followup = self._plan_call()
        followup.action_not_reached()
        self.assertRecordValues(
            followup,
            [{"state": "planned", "attempt_count": 1, "next_attempt": TOMORROW}],
        )
        followup.action_not_reached()
        self.assertEqual(followup.state, "planned")
        followup.action_not_reached()
        self.assertRecordValues(
            followup,
            [
                {
                    "state": "not_reached",
                    "attempt_count": 3,
                    "next_attempt": False,
                    "reached": False,
                    "user_id": self.user_support.id,
                }
            ],
        )

    def test_who_calls_back_is_heard(self):
        self.company.aftersales_call_attempts = 1
        followup = self._plan_call()
        followup.action_not_reached()
        self.assertEqual(followup.state, "not_reached")
        followup.score = "4"
        followup.action_finish()
        self.assertRecordValues(followup, [{"state": "done", "reached": True}])

    def test_told_answers_stay(self):
        followup = self._plan_call()
        self._give(followup, "5")
        followup.action_finish()
        with self.assertRefused(UserError, "can no longer be edited"):
            followup.score = "1"
        with self.assertRefused(UserError, "can no longer be changed"):
            followup.answer_ids[0].score = "1"
        with self.assertRefused(UserError, "can no longer be edited"):
            followup.answer_ids = [
                Command.update(followup.answer_ids[0].id, {"score": "1"})
            ]
        with self.assertRaises(UserError):
            followup.action_finish()
        self.assertEqual(self._get_points(followup)["arrival"], "5")

    def test_state_and_facts_are_not_written_by_hand(self):
        followup = self._plan_call()
        for vals in (
            {"state": "done"},
            {"attempt_count": 3},
            {"next_attempt": NOW},
            {"rule_id": False},
            {"link_until": NOW},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                followup.write(vals)
        with self.assertRaises(AccessError):
            followup.read(["access_token"])

    def test_cancelling_needs_a_reason(self):
        followup = self._plan_call()
        action = followup.action_cancel()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user_support)
            .with_context(**action["context"])
            .create({"reason": "Died"})
        )
        wizard.action_cancel()
        self.assertRecordValues(
            followup, [{"state": "cancelled", "cancel_reason": "Died"}]
        )
        followup.action_retry()
        self.assertRecordValues(
            followup, [{"state": "planned", "cancel_reason": False}]
        )

    def test_case_that_is_worked_on_is_not_asked_about_again(self):
        followup = self._plan_call()
        followup.ticket_id.action_reopen()
        with self.assertRefused(UserError, "being worked on again"):
            followup.action_retry()
        self.assertEqual(followup.state, "cancelled")

    def test_dealer_cancels_nothing(self):
        followup = self._plan_call(self.user_agent_a, asker="dealer")
        with self.assertRaises(AccessError):
            followup.action_cancel()
        self.assertEqual(followup.state, "planned")

    def test_only_what_was_done_is_asked(self):
        rule = self._create_rule()
        followup = rule._plan(self._close_question())
        self.assertEqual(
            set(self._get_points(followup)), {"manner", "charges", "product"}
        )

    def test_rule_chooses_its_questions(self):
        charges = self.question_ids.filtered(lambda q: q.code == "charges")
        followup = self._plan_call(question_ids=charges.ids)
        self.assertEqual(self._get_points(followup), {"charges": False})

    def test_call_made_at_once_is_over(self):
        case = self._close_question()
        followup = (
            self.env["aftersales.followup"]
            .with_user(self.user_support)
            .create({"ticket_id": case.id, "score": "2", "reason": "Rude"})
        )
        self.assertRecordValues(
            followup,
            [{"state": "done", "is_bad": True, "user_id": self.user_support.id}],
        )

    def test_evidence_is_not_deleted(self):
        followup = self._plan_call()
        with self.assertRefused(UserError, "cancel it instead"):
            followup.unlink()
        self.assertTrue(followup.exists())

    def test_queue_holds_what_is_due_and_leads_to_the_next(self):
        first, second = self._plan_call(), self._plan_call()
        later = self._plan_call()
        later.sudo().planned_on = "2026-06-17"
        dealers = self._plan_call(asker="dealer")
        queue = first.search(first._get_queue_domain())
        self.assertEqual(queue & (first | second | later), first | second)
        self.assertIn(dealers, queue)
        first.score = "5"
        action = first.with_context(followup_queue="support").action_finish()
        self.assertEqual(action["res_id"], second.id)
        self.assertEqual(action["views"], [(False, "form")])
        action = second.with_context(followup_queue="support").action_not_reached()
        self.assertNotIn("res_id", {k: v for k, v in action.items() if v})
        self.assertNotIn(second, first.search(first._get_queue_domain()))
        with freeze_time(TOMORROW):
            self.assertIn(second, first.search(first._get_queue_domain()))
