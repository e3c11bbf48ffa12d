from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 07:30:00")
class TestTrainingSession(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trainer = cls.env["res.partner"].create({"name": "Trainer Li"})
        cls.session = cls._create_session(
            trainer_id=cls.trainer.id, room_id=cls.room.id
        )

    def _create_people(self, number, dealer):
        return self.env["aftersales.staff"].create(
            [
                {
                    "partner_id": self.env["res.partner"]
                    .create({"name": f"Person {index}"})
                    .id,
                    "dealer_id": dealer.id,
                }
                for index in range(number)
            ]
        )

    def test_trainer_cannot_be_in_two_places(self):
        with self.assertRaisesRegex(ValidationError, "Trainer Li is taken by session"):
            self._create_session("2026-06-01 15:59:00", trainer_id=self.trainer.id)

    def test_room_cannot_hold_two_sessions(self):
        with self.assertRaisesRegex(ValidationError, "Hall 1 is taken by session"):
            self._create_session("2026-06-01 07:00:00", room_id=self.room.id)

    def test_sessions_may_follow_each_other(self):
        session = self._create_session(
            "2026-06-01 16:00:00", trainer_id=self.trainer.id, room_id=self.room.id
        )
        self.assertEqual(session.state, "open")

    def test_cancelled_session_frees_trainer_and_room(self):
        self.session.action_cancel()
        session = self._create_session(trainer_id=self.trainer.id, room_id=self.room.id)
        self.assertEqual(session.place, "Works")

    @mute_logger("odoo.sql_db")
    def test_database_refuses_what_another_transaction_hides(self):
        Session = self.env.registry["aftersales.training.session"]
        empty = self.env["aftersales.training.session"]
        for name, value in (
            ("trainer_id", self.trainer.id),
            ("room_id", self.room.id),
        ):
            with (
                patch.object(Session, "_get_clashing", lambda self, name: empty),
                self.assertRaises(IntegrityError) as refusal,
                self.env.cr.savepoint(),
            ):
                self._create_session("2026-06-01 09:00:00", **{name: value})
            self.assertEqual(
                refusal.exception.diag.constraint_name,
                f"aftersales_training_session_{name.removesuffix('_id')}_free",
            )

    def test_participant_cannot_be_in_two_sessions(self):
        self._enrol(self.session, self.technician_a).action_confirm()
        other = self._create_session("2026-06-01 12:00:00")
        enrolment = self._enrol(other, self.technician_a)
        with self.assertRaisesRegex(ValidationError, "takes part in session"):
            enrolment.with_user(self.user_manager_a).action_confirm()

    @mute_logger("odoo.sql_db")
    def test_database_refuses_participant_in_two_sessions(self):
        self._enrol(self.session, self.technician_a).action_confirm()
        enrolment = self._enrol(
            self._create_session("2026-06-01 12:00:00"), self.technician_a
        )
        Enrolment = self.env.registry["aftersales.training.enrolment"]
        empty = self.env["aftersales.training.enrolment"]
        with (
            patch.object(Enrolment, "_get_clashing", lambda self: empty),
            self.assertRaises(IntegrityError) as refusal,
            self.env.cr.savepoint(),
        ):
            enrolment.action_confirm()
        self.assertEqual(
            refusal.exception.diag.constraint_name,
            "aftersales_training_enrolment_participant_free",
        )

    def test_moving_a_session_onto_a_participants_other_is_refused(self):
        self._enrol(self.session, self.technician_a).action_confirm()
        other = self._create_session("2026-06-02 08:00:00")
        self._enrol(other, self.technician_a).action_confirm()
        with self.assertRaisesRegex(ValidationError, "takes part in session"):
            other.write(
                {
                    "date_begin": "2026-06-01 10:00:00",
                    "date_end": "2026-06-01 18:00:00",
                }
            )
            self.env.flush_all()

    def test_more_seats_than_the_room_has(self):
        with self.assertRaisesRegex(ValidationError, "has 30 seats"):
            self.session.seats = 31

    def test_full_session_keeps_a_waiting_list_and_moves_up(self):
        self.session.seats = 2
        people = self._create_people(4, self.dealer_a)
        enrolments = [self._enrol(self.session, person) for person in people]
        for index, enrolment in enumerate(enrolments):
            with freeze_time(f"2026-06-01 07:3{index}:00"):
                enrolment.with_user(self.user_manager_a).action_confirm()
        states = [enrolment.state for enrolment in enrolments]
        self.assertEqual(states, ["confirmed", "confirmed", "waiting", "waiting"])
        self.assertEqual((self.session.seats_taken, self.session.seats_left), (2, 0))
        enrolments[0].with_user(self.user_manager_a).action_decline()
        states = [enrolment.state for enrolment in enrolments]
        self.assertEqual(states, ["declined", "confirmed", "confirmed", "waiting"])

    def test_waiting_person_cannot_jump_the_queue(self):
        self.session.seats = 1
        first, second = self._create_people(2, self.dealer_a)
        self._enrol(self.session, first).action_confirm()
        waiting = self._enrol(self.session, second)
        waiting.action_confirm()
        with self.assertRaisesRegex(UserError, "still full"):
            waiting.action_confirm()
        self.assertEqual(waiting.state, "waiting")

    def test_seat_goes_to_another_dealers_person(self):
        self.session.seats = 1
        first = self._enrol(self.session, self.technician_a)
        second = self._enrol(self.session, self.technician_b)
        first.action_confirm()
        second.with_user(self.user_manager_b).action_confirm()
        self.assertEqual(second.state, "waiting")
        first.with_user(self.user_manager_a).action_decline()
        self.assertEqual(second.state, "confirmed")

    @mute_logger("odoo.sql_db")
    def test_database_counts_seats_too(self):
        """Two confirmations at once write the same counter, and it has its limit."""
        self.session.seats = 1
        self._enrol(self.session, self.technician_a).action_confirm()
        with self.assertRaises(IntegrityError) as refusal, self.env.cr.savepoint():
            enrolment = self._enrol(self.session, self.technician_b)
            enrolment._transition("confirm")
            self.env.flush_all()
        self.assertEqual(
            refusal.exception.diag.constraint_name,
            "aftersales_training_session_seats_limit",
        )

    @mute_logger("odoo.sql_db")
    def test_same_person_is_enrolled_once(self):
        self._enrol(self.session, self.technician_a)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._enrol(self.session, self.technician_a)

    def test_trainer_is_no_participant_of_his_session(self):
        with self.assertRaisesRegex(ValidationError, "teaches this session"):
            self.env["aftersales.training.enrolment"].create(
                {"session_id": self.session.id, "partner_id": self.trainer.id}
            )

    def test_prerequisite_must_be_passed(self):
        basics = self._create_course("BASE", scope_id=False, name="Basics")
        advanced = self._create_course("ADV", prerequisite_ids=[(4, basics.id)])
        (basics | advanced).with_user(self.user_coordinator).action_release()
        session = self._create_session("2026-06-03 08:00:00", course_id=advanced.id)
        enrolment = self._enrol(session, self.technician_a)
        with self.assertRaisesRegex(UserError, "has not passed Basics"):
            enrolment.with_user(self.user_manager_a).action_confirm()
        earlier = self._create_session("2026-06-02 08:00:00", course_id=basics.id)
        passed = self._enrol(earlier, self.technician_a)
        passed.sudo().result = "passed"
        enrolment.with_user(self.user_manager_a).action_confirm()
        self.assertEqual(enrolment.state, "confirmed")

    def test_nobody_is_present_before_the_day(self):
        session = self._create_session("2026-06-09 08:00:00")
        enrolment = self._enrol(session, self.technician_a)
        enrolment.action_confirm()
        with self.assertRaisesRegex(UserError, "not held yet"):
            enrolment.action_sign_in()

    def test_finish_marks_the_missing_absent(self):
        present = self._attend(self.session, self.technician_a)
        missing = self._enrol(self.session, self.technician_b)
        missing.action_confirm()
        with freeze_time("2026-06-01 17:00:00"):
            self.session.with_user(self.user_examiner).action_finish()
        self.assertEqual((present.state, missing.state), ("attended", "absent"))
        self.assertEqual((present.hours, missing.hours), (8, 0))

    def test_course_without_exam_meets_the_needs_of_those_who_came(self):
        talk = self._create_course("TALK", scope_id=False, assessment_ids=False)
        talk.with_user(self.user_coordinator).action_release()
        needs = self.env["aftersales.training.need"].create(
            [
                {"staff_id": staff.id, "course_id": talk.id}
                for staff in (self.technician_a, self.technician_b)
            ]
        )
        session = self._create_session("2026-06-01 17:00:00", course_id=talk.id)
        self._attend(session, self.technician_a)
        self._enrol(session, self.technician_b).action_confirm()
        with freeze_time("2026-06-02 09:00:00"):
            session.with_user(self.user_examiner).action_finish()
        self.assertEqual(needs.mapped("state"), ["met", "open"])

    def test_session_cannot_finish_before_it_begins(self):
        with self.assertRaisesRegex(UserError, "has not begun yet"):
            self.session.action_finish()
        self.assertEqual(self.session.state, "open")

    def test_customers_engineer_takes_part_without_dealer(self):
        engineer = self.env["res.partner"].create({"name": "Customer's Engineer"})
        enrolment = (
            self.env["aftersales.training.enrolment"]
            .with_user(self.user_coordinator)
            .create(
                {
                    "session_id": self.session.id,
                    "partner_id": engineer.id,
                    "contract_ref": "SC-2026-7",
                }
            )
        )
        enrolment.action_confirm()
        enrolment.action_sign_in()
        self.assertRecordValues(
            enrolment, [{"state": "attended", "dealer_id": False, "staff_id": False}]
        )

    def test_effect_review_is_due_once_and_needs_words(self):
        self._attend(self.session, self.technician_a)
        with freeze_time("2026-06-01 17:00:00"):
            self.session.action_finish()
        Session = self.env["aftersales.training.session"]
        with freeze_time("2026-08-30"):
            Session._cron_effect_review()
            Session._cron_effect_review()
            self.assertEqual(len(self.session.activity_ids), 1)
            with self.assertRaisesRegex(UserError, "write down"):
                self.session.action_review_effect()
            self.session.effect_note = "Fewer repeats"
            self.session.action_review_effect()
        self.assertEqual(str(self.session.effect_reviewed_on), "2026-08-30")
        self.assertFalse(self.session.activity_ids)

    def test_published_event_follows_the_enrolments(self):
        enrolment = self._enrol(self.session, self.technician_a)
        enrolment.action_confirm()
        self.session.action_publish_event()
        event = self.session.event_id.sudo()
        self.assertEqual(event.seats_max, 20)
        self.assertEqual(event.registration_ids.mapped("state"), ["open"])
        enrolment.with_user(self.user_manager_a).action_decline()
        self.assertEqual(event.registration_ids.mapped("state"), ["cancel"])

    def test_dealer_cannot_open_or_change_sessions(self):
        session = self.session.with_user(self.user_manager_a)
        with self.assertRaises(AccessError):
            session.action_cancel()
        with self.assertRaises(AccessError):
            session.seats = 99
        with self.assertRaises(AccessError):
            session.read(["cost"])
        self.assertEqual(self.session.state, "open")
