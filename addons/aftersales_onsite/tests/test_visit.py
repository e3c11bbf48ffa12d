from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import OnsiteCommon

SHENYANG = {"latitude": 41.805699, "longitude": 123.431472, "accuracy": 12.4}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVisit(OnsiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._accept()

    def test_check_in_notes_time_and_place_and_arrival(self):
        self.job.action_check_in(SHENYANG)
        self.assertRecordValues(
            self.job.stamp_ids,
            [
                {
                    "kind": "in",
                    "moment": datetime(2026, 6, 15, 8),
                    "latitude": 41.805699,
                    "longitude": 123.431472,
                    "accuracy": 12.4,
                    "is_placed": True,
                    "unplaced_reason": False,
                    "dealer_id": self.dealer_a.id,
                    "staff_id": self.technician_a.id,
                    "place": "41.80570, 123.43147 (± 12 m)",
                }
            ],
        )
        self.assertRecordValues(
            self.job,
            [
                {
                    "state": "on_site",
                    "arrived_at": datetime(2026, 6, 15, 8),
                    "checked_in_at": datetime(2026, 6, 15, 8),
                    "checked_out_at": False,
                    "is_inside": True,
                    "can_check_in": False,
                    "can_check_out": True,
                }
            ],
        )
        self.assertEqual(self.job.ticket_id.arrived_at, datetime(2026, 6, 15, 8))

    def test_who_refuses_to_be_located_still_checks_in(self):
        for kind, reason, text in (
            ("in", "denied", "Place unknown: Permission refused on the device"),
            ("out", "timeout", "Place unknown: No place found in time"),
        ):
            getattr(self.job, f"action_check_{kind}")({"unplaced": reason})
            stamp = self.job.stamp_ids.filtered(lambda s, kind=kind: s.kind == kind)
            self.assertRecordValues(
                stamp, [{"is_placed": False, "unplaced_reason": reason, "place": text}]
            )

    def test_device_that_says_nothing_is_noted_as_such(self):
        self.job.action_check_in()
        self.assertEqual(self.job.stamp_ids.unplaced_reason, "unsupported")

    def test_place_off_the_earth_is_refused_and_nothing_noted(self):
        for position in (
            {"latitude": 91, "longitude": 0, "accuracy": 1},
            {"latitude": 0, "longitude": -181, "accuracy": 1},
            {"latitude": "north", "longitude": 0, "accuracy": 1},
            {"latitude": float("nan"), "longitude": 0, "accuracy": 1},
            {"latitude": 1, "longitude": 1, "accuracy": -1},
        ):
            refusal = self.assertRaisesRegex(UserError, "does not exist")
            with self.subTest(position=position), refusal:
                self.job.action_check_in(position)
            self.assertFalse(self.job.stamp_ids)
            self.assertEqual(self.job.state, "accepted")

    def test_second_check_in_is_refused(self):
        self.job.action_check_in(SHENYANG)
        with self.assertRaisesRegex(UserError, "checked in already"):
            self.job.action_check_in(SHENYANG)
        self.assertEqual(len(self.job.stamp_ids), 1)

    def test_check_out_without_check_in_is_refused(self):
        with self.assertRaisesRegex(UserError, "Check in first"):
            self.job.action_check_out(SHENYANG)
        self.assertFalse(self.job.stamp_ids)

    def test_check_in_before_accepting_is_refused(self):
        job = self._create_job(
            date_start="2026-06-16 10:00", date_end="2026-06-16 12:00"
        )
        job.action_send()
        with self.assertRaisesRegex(UserError, "Accept job"):
            job.with_user(self.user_tech_a).action_check_in(SHENYANG)
        self.assertEqual(job.state, "sent")

    def test_technician_leaves_for_a_part_and_comes_back(self):
        self.job.action_check_in(SHENYANG)
        with freeze_time("2026-06-15 09:00:00"):
            self.job.action_check_out(SHENYANG)
        self.assertFalse(self.job.is_inside)
        self.assertEqual(self.job.state, "on_site")
        with freeze_time("2026-06-16 08:00:00"):
            self.job.action_check_in(SHENYANG)
        self.assertRecordValues(
            self.job,
            [
                {
                    "checked_in_at": datetime(2026, 6, 15, 8),
                    "checked_out_at": False,
                    "is_inside": True,
                    "arrived_at": datetime(2026, 6, 15, 8),
                }
            ],
        )
        self.assertEqual(self.job.stamp_ids.mapped("kind"), ["in", "out", "in"])

    def test_technician_checks_out_after_the_job_is_done(self):
        self.job.action_check_in(SHENYANG)
        self.job.action_finish()
        self.job.action_check_out(SHENYANG)
        self.assertFalse(self.job.is_inside)
        with self.assertRaisesRegex(UserError, "not visited again"):
            self.job.action_check_in(SHENYANG)

    def test_colleague_cannot_check_in_for_him_but_his_manager_can(self):
        colleague = self.job.with_user(self.user_agent_a)
        with self.assertRaisesRegex(UserError, "Only Tech A or a dispatcher"):
            colleague.action_check_in(SHENYANG)
        self.assertFalse(self.job.stamp_ids)
        self.job.with_user(self.user_manager_a).action_check_in(SHENYANG)
        self.assertEqual(len(self.job.stamp_ids), 1)

    def test_stamps_are_written_by_nobody(self):
        self.job.action_check_in(SHENYANG)
        for user in (self.user_tech_a, self.user_manager_a, self.user_support):
            stamp = self.job.stamp_ids.with_user(user)
            for verb in (
                lambda s=stamp: s.write({"latitude": 1}),
                lambda s=stamp: s.unlink(),
                lambda s=stamp: s.copy(),
            ):
                with self.assertRaises(AccessError):
                    verb()
        self.assertEqual(self.job.stamp_ids.latitude, 41.805699)
