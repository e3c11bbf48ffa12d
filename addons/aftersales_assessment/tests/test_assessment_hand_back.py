from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AssessmentCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssessmentHandBack(AssessmentCommon):
    """A dealer may not push a covered customer back to the company."""

    def _get_asked(self, assessment):
        kind = self.env.ref("aftersales_assessment.mail_activity_type_ask")
        return assessment.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id == kind
        )

    def test_covered_ordinary_fault_stays_with_the_dealer(self):
        for user in (self.user_agent_a, self.user_manager_a):
            assessment = self._create_assessment().with_user(user)
            for actor in ("technical", "sales_rep"):
                assessment.actor = actor
                refusal = self.assertRaisesRegex(UserError, "in cover.*Ask Support")
                with self.subTest(user=user.login, actor=actor), refusal:
                    assessment.action_assess()
                self.assertEqual(assessment.state, "draft")
                self.assertFalse(self._get_task(assessment))

    def test_covered_customer_is_not_handed_back(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        with self.assertRaisesRegex(UserError, "in cover.*Ask Support"):
            self._take_step(assessment, "hand_back")
        self.assertEqual(assessment.actor, "dealer")
        self.assertFalse(assessment.hand_back_reason)

    def test_support_may_let_the_company_act(self):
        assessment = self._create_assessment().with_user(self.user_support)
        assessment.actor = "technical"
        assessment.action_assess()
        self.assertEqual(self._get_task(assessment).user_id, self.user_inspector)

    def test_support_agrees_and_the_technical_department_acts(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        self._take_step(assessment, "ask", "No crane")
        self.assertEqual(assessment.state, "asked")
        request = self._get_asked(assessment)
        self.assertEqual(request.user_id, self.user_sales)
        self.assertIn("No crane", request.note)
        support = assessment.with_user(self.user_support)
        self._take_step(support, "agree", "We come")
        self.assertRecordValues(
            assessment,
            [
                {
                    "state": "assessed",
                    "actor": "technical",
                    "agreed_by_id": self.user_support.id,
                    "hand_back_reason": "No crane",
                }
            ],
        )
        self.assertFalse(self._get_asked(assessment))
        self.assertEqual(self._get_task(assessment).user_id, self.user_inspector)
        told = assessment.message_ids.filtered(lambda m: "We come" in (m.body or ""))
        self.assertIn(self.user_manager_a.partner_id, told.sudo().notified_partner_ids)

    def _claim(self, **vals):
        """A covered case that the dealer's agent says is a supplier's unit."""
        assessment = self._create_assessment()
        assessment.write(
            {
                "is_bought_in": True,
                "bought_in_maker": "Bosch",
                "bought_in_reason": "Starter, own nameplate",
                **vals,
            }
        )
        self.assertEqual(assessment.actor, "sales_rep")
        return assessment

    def test_bought_in_unit_is_named_and_explained(self):
        for vals, sentence in (
            ({"bought_in_maker": " "}, "name the bought-in unit"),
            ({"bought_in_reason": False}, "by what you know"),
        ):
            assessment = self._claim(**vals)
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, sentence):
                assessment.action_assess()
            self.assertEqual(assessment.state, "draft")
            self.assertFalse(self._get_task(assessment))

    def test_company_confirms_the_unit_that_a_dealer_calls_bought_in(self):
        assessment = self._claim()
        assessment.action_assess()
        self.assertRecordValues(
            assessment,
            [
                {
                    "state": "asked",
                    "actor": "dealer",
                    "assessed_at": datetime(2026, 6, 15, 8),
                }
            ],
        )
        self.assertEqual(self._get_task(assessment).user_id, self.user_agent_a)
        self.assertIn("Bosch: Starter", self._get_asked(assessment).note)
        self._take_step(assessment.with_user(self.user_support), "agree", "It is")
        self.assertRecordValues(
            assessment,
            [{"state": "assessed", "actor": "sales_rep", "is_bought_in": True}],
        )
        self.assertEqual(self._get_task(assessment).user_id, self.user_sales)

    def test_company_says_that_the_unit_is_its_own(self):
        assessment = self._claim()
        assessment.action_assess()
        self._take_step(assessment.with_user(self.user_support), "decline", "Ours")
        self.assertRecordValues(
            assessment,
            [{"state": "assessed", "actor": "dealer", "is_bought_in": False}],
        )
        self.assertEqual(self._get_task(assessment).user_id, self.user_agent_a)

    def test_companys_own_word_on_a_bought_in_unit_needs_no_confirmation(self):
        self.part.is_bought_in = True
        assessment = self._create_assessment()
        assessment.part_id = self.part
        assessment.action_assess()
        self.assertRecordValues(
            assessment, [{"state": "assessed", "actor": "sales_rep"}]
        )
        claim = self._claim().with_user(self.user_support)
        claim.action_assess()
        self.assertRecordValues(claim, [{"state": "assessed", "actor": "sales_rep"}])

    def test_support_leaves_the_customer_to_the_dealer(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        self._take_step(assessment, "ask")
        support = assessment.with_user(self.user_support)
        self._take_step(support, "decline", "You have the tools")
        self.assertRecordValues(
            assessment,
            [{"state": "assessed", "actor": "dealer", "hand_back_reason": False}],
        )
        self.assertFalse(self._get_asked(assessment))
        self.assertEqual(self._get_task(assessment).user_id, self.user_agent_a)

    def test_dealer_does_not_agree_with_himself(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        self._take_step(assessment, "ask")
        for step in ("agree", "decline"):
            for user in (self.user_agent_a, self.user_manager_a):
                with self.subTest(step=step), self.assertRaises(AccessError):
                    self._take_step(assessment.with_user(user), step)
        self.assertEqual(assessment.state, "asked")
        self.assertEqual(assessment.actor, "dealer")

    def test_customer_out_of_cover_is_handed_back(self):
        assessment = self._create_uncovered()
        assessment.action_assess()
        self._take_step(assessment, "hand_back", "Not our machine")
        self.assertRecordValues(
            assessment,
            [{"actor": "technical", "hand_back_reason": "Not our machine"}],
        )
        self.assertEqual(self._get_task(assessment).user_id, self.user_inspector)
        with self.assertRaisesRegex(UserError, "acts already"):
            self._take_step(assessment, "hand_back", "Again")
        with self.assertRaisesRegex(UserError, "acts already"):
            self._take_step(assessment, "ask", "Again")
        self.assertEqual(assessment.hand_back_reason, "Not our machine")

    def test_steps_need_a_reason(self):
        assessment = self._create_assessment()
        assessment.action_assess()
        for step in ("_ask", "_hand_back"):
            with self.subTest(step=step), self.assertRaisesRegex(UserError, "reason"):
                getattr(assessment, step)("  ")
        self.assertEqual(assessment.state, "assessed")
