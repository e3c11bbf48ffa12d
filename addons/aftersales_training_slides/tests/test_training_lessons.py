from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import LessonsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestTrainingLessons(LessonsCommon):
    def test_confirmation_opens_the_lessons_and_declining_closes_them(self):
        enrolment = self._enrol(self._create_session(), self.technician_a)
        self.assertFalse(self._get_member(self.technician_a))
        enrolment.with_user(self.user_manager_a).action_confirm()
        self.assertEqual(self._get_member(self.technician_a).member_status, "joined")
        enrolment.with_user(self.user_manager_a).action_decline()
        self.assertFalse(self._get_member(self.technician_a))

    def test_waiting_list_has_no_lessons(self):
        session = self._create_session(seats=1)
        self._enrol(session, self.technician_a).action_confirm()
        waiting = self._enrol(session, self.technician_b)
        waiting.action_confirm()
        self.assertEqual(waiting.state, "waiting")
        self.assertFalse(self._get_member(self.technician_b))

    def test_finished_lessons_are_the_attendance_of_an_online_session(self):
        enrolment = self._enrol(
            self._create_session("2026-06-20 08:00:00", form="online"),
            self.technician_a,
        )
        enrolment.action_confirm()
        self._learn(self.user_tech_a, self.lessons[0])
        enrolment.invalidate_recordset()
        self.assertRecordValues(
            enrolment, [{"state": "confirmed", "lesson_completion": 50}]
        )
        self._learn(self.user_tech_a, self.lessons[1])
        enrolment.invalidate_recordset()
        self.assertRecordValues(
            enrolment,
            [
                {
                    "state": "attended",
                    "signed_in_by": "online",
                    "lesson_completion": 100,
                    "hours": 8,
                }
            ],
        )
        self.assertEqual(str(enrolment.lessons_done_on), "2026-06-01")

    def test_lessons_come_before_the_exam_of_a_session_in_a_room(self):
        enrolment = self._attend(self._create_session(), self.technician_a)
        self._learn(self.user_tech_a, self.lessons[0])
        enrolment.invalidate_recordset()
        self.assertFalse(enrolment.can_open_exam)
        with self.assertRaisesRegex(UserError, "has finished 50 % of the online"):
            enrolment.action_open_exam()
        self.assertFalse(enrolment.exam_ids)
        self._learn(self.user_tech_a, self.lessons[1])
        enrolment.invalidate_recordset()
        self.assertTrue(enrolment.can_open_exam)
        enrolment.action_open_exam()
        self.assertEqual(enrolment.exam_ids.mapped("state"), ["open"])

    def test_lessons_finished_before_count_at_confirmation(self):
        self.channel._action_add_members(self.technician_a.partner_id)
        self._learn(self.user_tech_a, self.lessons)
        enrolment = self._enrol(self._create_session(form="online"), self.technician_a)
        enrolment.with_user(self.user_manager_a).action_confirm()
        self.assertEqual(enrolment.state, "attended")

    def test_course_without_lessons_asks_for_none(self):
        self.course.channel_id = False
        enrolment = self._attend(self._create_session(), self.technician_a)
        self.assertFalse(enrolment.has_lessons)
        enrolment.action_open_exam()
        self.assertEqual(enrolment.exam_count, 1)
        with self.assertRaisesRegex(UserError, "has no online lessons"):
            self.course.action_open_lessons()

    def test_nobody_says_himself_that_he_has_learned(self):
        enrolment = self._enrol(self._create_session(), self.technician_a)
        for user in (self.user_manager_a, self.user_coordinator):
            with self.assertRaises(AccessError):
                enrolment.with_user(user).lessons_done_on = "2026-06-01"
        self.assertFalse(enrolment.lessons_done_on)

    def test_released_course_takes_lessons(self):
        course = self.course.with_user(self.user_coordinator)
        course.channel_id = self._create_channel("Second edition")
        self.assertEqual(course.state, "released")
        self.assertEqual(course.channel_id.name, "Second edition")
