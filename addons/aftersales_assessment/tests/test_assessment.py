from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, AssessmentCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssessment(AssessmentCommon):
    def test_case_brings_its_assessment_along(self):
        assessment = self._create_assessment()
        self.assertRecordValues(
            assessment,
            [
                {
                    "state": "draft",
                    "dealer_id": self.dealer_a.id,
                    "covered": True,
                    "level": "2",
                    "proposed_actor": "dealer",
                    "actor": "dealer",
                    "due_at": datetime(2026, 6, 16, 8),
                    "is_overdue": False,
                }
            ],
        )
        self.assertRegex(assessment.name, r"^AS/2026/\d{5}$")
        self.assertIn("12 months", assessment.verdict_text)

    def test_question_needs_none_until_it_turns_into_a_repair(self):
        case = self._create_case(case_type_id=self.type_question.id)
        self.assertFalse(case.assessment_ids)
        case.case_type_id = self.type_repair
        self.assertEqual(case.assessment_ids.mapped("state"), ["draft"])
        case.write({"case_type_id": self.type_question.id})
        case.write({"case_type_id": self.type_repair.id})
        self.assertEqual(len(case.assessment_ids), 1)

    def test_a_case_has_one_assessment(self):
        assessment = self._create_assessment()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            assessment.with_user(self.user_support).create(
                {"ticket_id": assessment.ticket_id.id}
            )

    def test_agent_assesses_an_ordinary_fault(self):
        assessment = self._create_assessment()
        with freeze_time("2026-06-15 10:00:00"):
            with Form(assessment) as form:
                form.level = "1"
            assessment.action_assess()
        self.assertRecordValues(
            assessment,
            [
                {
                    "state": "assessed",
                    "assessed_at": datetime(2026, 6, 15, 10),
                    "assessed_by_id": self.user_agent_a.id,
                    "is_late": False,
                }
            ],
        )
        self.assertEqual(assessment.ticket_id.severity, "1")
        task = self._get_task(assessment)
        self.assertEqual(task.user_id, self.user_agent_a)
        self.assertEqual(task.summary, "Act on the case: 1 – Machine down, in cover")
        self.assertIn("within two hours", task.note)

    def test_assessed_a_second_late_is_late(self):
        on_time, late = self._create_assessment(), self._create_assessment()
        with freeze_time("2026-06-16 08:00:00"):
            on_time.action_assess()
        with freeze_time("2026-06-16 08:00:01"):
            self.assertTrue(late.is_overdue)
            self.assertIn(late, late.search([("is_overdue", "=", True)]))
            late.action_assess()
            self.assertFalse(late.is_overdue)
            self.assertNotIn(late, late.search([("is_overdue", "=", True)]))
        self.assertFalse(on_time.is_late)
        self.assertTrue(late.is_late)

    def test_hours_are_a_setting(self):
        self.company.aftersales_assessment_hours = 4
        self.assertEqual(self._create_assessment().due_at, datetime(2026, 6, 15, 12))

    def test_machine_without_card_needs_a_remark(self):
        assessment = self._create_uncovered()
        assessment.cover_note = False
        self.assertFalse(assessment.covered)
        with self.assertRaisesRegex(UserError, "write down under “Remark on Cover”"):
            assessment.action_assess()
        self.assertEqual(assessment.state, "draft")
        self.assertFalse(self._get_task(assessment))
        assessment.cover_note = "Invoice of 2019"
        assessment.action_assess()
        self.assertEqual(assessment.state, "assessed")

    def test_unusual_fault_says_what_is_unusual(self):
        assessment = self._create_assessment()
        assessment.is_unusual = True
        with self.assertRaisesRegex(UserError, "what is unusual"):
            assessment.action_assess()
        self.assertEqual(assessment.state, "draft")

    def test_made_assessment_is_not_edited_or_made_again(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        with self.assertRaisesRegex(UserError, "no longer be edited"):
            assessment.level = "3"
        with self.assertRaisesRegex(UserError, "only from: To Assess"):
            assessment.action_assess()
        self.assertEqual(assessment.level, "2")
        self.assertEqual(len(self._get_task(assessment)), 1)

    def test_facts_cannot_be_written_by_hand(self):
        assessment = self._create_assessment()
        for vals in (
            {"state": "assessed"},
            {"card_covered": False},
            {"overruled": "not_covered"},
            {"assessed_at": NOW},
            {"agreed_by_id": self.user_support.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                assessment.write(vals)
        self.assertEqual(assessment.state, "draft")
        self.assertTrue(assessment.covered)

    def test_what_the_card_said_is_kept(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        self.card.with_user(self.user_manager)._transition(
            "void", {"void_reason": "Forged", "void_date": "2026-06-15"}
        )
        self.assertEqual(assessment.ticket_id.verdict, "no_card")
        self.assertTrue(assessment.covered)

    def test_support_takes_the_assessment_up_again(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        with self.assertRaises(AccessError):
            assessment.action_revise()
        support = assessment.with_user(self.user_support)
        support.action_revise()
        self.assertRecordValues(assessment, [{"state": "draft", "assessed_at": False}])
        self.assertFalse(self._get_task(assessment))
        support.level = "3"
        support.action_assess()
        self.assertEqual(assessment.ticket_id.severity, "3")
        self.assertEqual(len(self._get_task(assessment)), 1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssessmentOverrule(AssessmentCommon):
    """Support decides on cover against the card."""

    def test_misuse_takes_the_cover_from_every_line(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        support = assessment.with_user(self.user_support)
        self._take_step(support, "not_covered", "Run without oil")
        self.assertRecordValues(
            assessment,
            [
                {
                    "covered": False,
                    "card_covered": True,
                    "overrule_reason": "Run without oil",
                    "overruled_by_id": self.user_support.id,
                }
            ],
        )
        repair = self._create_repair(assessment.ticket_id)
        verdict = repair._get_verdict(part=self.part)
        self.assertEqual((verdict.covered, verdict.parts_share), (False, 0.0))
        self.assertIn("Decided by support: Run without oil", verdict.text)
        repair.write(self._prepare_work_vals())
        self.assertFalse(repair.move_ids.covered)

    def test_goodwill_covers_what_the_card_does_not(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        repair = self._create_repair(assessment.ticket_id)
        self.assertFalse(repair._get_verdict(part=self.wear_part).covered)
        support = assessment.with_user(self.user_support)
        self._take_step(support, "covered", "Goodwill")
        verdict = repair._get_verdict(part=self.wear_part)
        self.assertEqual((verdict.covered, verdict.parts_share), (True, 100.0))

    def test_decision_that_agrees_with_the_card_keeps_its_shares(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        repair = self._create_repair(assessment.ticket_id)
        before = repair._get_verdict(part=self.part)
        assessment.with_user(self.user_support)._overrule("covered", "Looked at")
        after = repair._get_verdict(part=self.part)
        self.assertEqual(after.parts_share, before.parts_share)
        self.assertEqual(after.reasons[1:], before.reasons)

    def test_dealer_does_not_decide_on_cover(self):
        assessment = self._create_uncovered()
        for user in (self.user_agent_a, self.user_manager_a):
            with self.assertRaisesRegex(AccessError, "Only support decides"):
                self._take_step(assessment.with_user(user), "covered", "Please")
        self.assertFalse(assessment.covered)
        self.assertFalse(assessment.overruled)

    def test_decision_needs_a_reason_and_an_open_case(self):
        assessment = self._create_assessment(self.user_support)
        with self.assertRaisesRegex(UserError, "give the reason"):
            assessment._overrule("not_covered", " ")
        cancelled = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_cancelled")
        assessment.ticket_id.stage_id = cancelled
        with self.assertRaisesRegex(UserError, "Reopen the case first"):
            assessment._overrule("not_covered", "Misuse")
        self.assertTrue(assessment.covered)
