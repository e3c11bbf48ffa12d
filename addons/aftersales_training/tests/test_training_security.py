from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks

from . import fence
from .common import TrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingFence(FenceChecks, TrainingCommon):
    reference = {**FenceChecks.reference, **fence.REFERENCE}

    @classmethod
    def _create_fenced_rows(cls):
        return fence.get_fenced_rows(cls)

    def test_no_role_of_a_dealer_reaches_a_row_of_another(self):
        for user in (self.user_manager_a, self.user_agent_a):
            for model, rows in self.fenced.items():
                if user == self.user_agent_a:
                    rows = rows._replace(own=None)  # a colleague's, hidden from him
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        opened = self._get_open_models(self.user_manager_a)
        ours = {name for name in opened if name.startswith("aftersales.training")}
        self.assertFalse(ours - set(fence.REFERENCE) - set(self.fenced))
        self.assert_reference_models_belong_to_nobody()


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestTrainingRoles(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._create_session()
        cls.enrolment = cls._attend(cls.session, cls.technician_a)
        cls.enrolment.action_open_exam()
        cls.exam = cls.enrolment.exam_ids
        cls.part = cls.exam.part_ids.filtered(lambda p: p.kind == "practice")

    def test_trainee_sees_his_own_and_no_colleagues_marks(self):
        self.assertTrue(self.part.with_user(self.user_tech_a).mark_ids.read(["points"]))
        colleague = self.exam.with_user(self.user_agent_a)
        self.assertFalse(colleague.search([]))
        for record in (self.enrolment, self.exam, self.part, self.part.mark_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.user_agent_a).read(["id"])

    def test_dealers_manager_sees_all_marks_of_his_people(self):
        exams = self.exam.with_user(self.user_manager_a).search([])
        self.assertEqual(exams, self.exam)
        self.assertFalse(self.exam.with_user(self.user_manager_b).search([]))

    def test_trainee_and_manager_cannot_change_marks(self):
        mark = self.part.mark_ids[0]
        for user in (self.user_tech_a, self.user_manager_a):
            with self.assertRaises(AccessError):
                mark.with_user(user).points = 20
            with self.assertRaises(AccessError):
                self.enrolment.with_user(user).action_open_exam()
        self.assertEqual(mark.points, 0)

    def test_dealer_cannot_sign_in_his_people(self):
        session = self._create_session("2026-06-01 20:00:00")
        enrolment = self._enrol(session, self.technician_b)
        enrolment.with_user(self.user_manager_b).action_confirm()
        with self.assertRaises(AccessError):
            enrolment.with_user(self.user_manager_b).action_sign_in()
        self.assertEqual(enrolment.state, "confirmed")

    def test_dealer_cannot_enrol_a_foreign_person(self):
        session = self._create_session("2026-06-02 08:00:00")
        Enrolment = self.env["aftersales.training.enrolment"]
        with self.assertRaises(AccessError):
            Enrolment.with_user(self.user_manager_a).create(
                {
                    "session_id": session.id,
                    "partner_id": self.technician_b.partner_id.id,
                }
            )
        own = Enrolment.with_user(self.user_manager_a).create(
            {"session_id": session.id, "partner_id": self.technician_a.partner_id.id}
        )
        own.action_confirm()
        self.assertEqual((own.state, own.dealer_id), ("confirmed", self.dealer_a))

    def test_draft_sessions_and_links_are_hidden_from_dealers(self):
        draft = self.session.copy({"date_begin": "2026-07-01 08:00:00"})
        Session = self.env["aftersales.training.session"].with_user(self.user_manager_a)
        self.assertFalse(Session.search([("id", "=", draft.id)]))
        for name in ("cost", "trainer_id", "sign_in_token", "trainer_remarks"):
            with self.assertRaises(AccessError):
                self.session.with_user(self.user_manager_a).read([name])
        with self.assertRaises(AccessError):
            self.enrolment.with_user(self.user_tech_a).read(["access_token"])

    def test_examiner_sees_only_what_he_is_appointed_for(self):
        other = self._create_user("idle_examiner", "aftersales_training.group_examiner")
        self.assertEqual(
            self.part.with_user(self.user_examiner).search([("state", "=", "open")]),
            self.part,
        )
        self.assertFalse(self.part.with_user(other).search([]))
        with self.assertRaises(AccessError):
            self.session.with_user(other).action_finish()

    def test_support_has_no_business_with_marks(self):
        with self.assertRaises(AccessError):
            self.part.with_user(self.user_support).read(["score"])
