from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQualityFlow(QualityCommon):
    """The levels follow each other, and what fails begins anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._create_work()

    def assert_stopped(self, sentence):
        with self.assertRaisesRegex(UserError, sentence):
            self.repair.action_finish()
        self.assertEqual(self.repair.state, "draft")
        self.assertEqual(self.repair.move_ids.state, "draft")
        blockers = self.repair._get_delivery_blockers()
        self.assertEqual(len(blockers), 1)
        self.assertRegex(blockers[0], sentence)

    def test_three_levels_pass_one_after_the_other(self):
        self.assert_stopped("1 – Self Check, round 1 is to be done by Tech A")
        self._pass(self.repair)
        self.assertEqual(self.repair.quality_state, "checking")
        self.assert_stopped(
            "2 – Team Leader, round 1 is to be done by the service manager of Northern"
        )
        self._pass(self.repair, self.user_manager_a)
        self.assert_stopped("3 – Inspector, round 1 is to be done by an inspector")
        with freeze_time("2026-06-15 11:30:00"):
            last = self._pass(self.repair, self.user_inspector)
        self.assertRecordValues(
            last,
            [
                {
                    "state": "passed",
                    "checked_at": datetime(2026, 6, 15, 11, 30),
                    "checked_by_id": self.user_inspector.id,
                    "pass_rate": 100,
                }
            ],
        )
        self.assertEqual(self.repair.quality_state, "passed")
        self.assertEqual(self.repair._get_delivery_blockers(), [])
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")

    def test_failed_check_sends_it_back_and_all_check_again(self):
        self._pass(self.repair)
        failed = self._fail(self.repair, self.user_manager_a)
        self.assertRecordValues(
            failed,
            [
                {
                    "state": "failed",
                    "pass_rate": 0,
                    "checked_by_id": self.user_manager_a.id,
                }
            ],
        )
        self.assertRecordValues(
            self.repair, [{"quality_state": "redo", "quality_redo_count": 1}]
        )
        self.assertEqual(
            self._get_round(self.repair),
            [("self", "open"), ("leader", "waiting"), ("inspector", "waiting")],
        )
        rounds = self.repair.sudo().quality_check_ids.mapped("round")
        self.assertEqual(sorted(rounds), [1, 1, 1, 2, 2, 2])
        first = self.repair.sudo().quality_check_ids.filtered(lambda c: c.round == 1)
        self.assertEqual(
            first.sorted("rank").mapped("state"), ["passed", "failed", "void"]
        )
        activity = self.repair.activity_ids
        self.assertEqual(activity.user_id, self.user_tech_a)
        self.assertIn("Seal it", str(activity.note))
        self.assert_stopped("Self Check, round 2")

    def test_inspector_fails_it_and_the_second_round_passes(self):
        self._pass(self.repair)
        self._pass(self.repair, self.user_manager_a)
        self._fail(self.repair, self.user_inspector)
        self.assertEqual(
            self.repair.activity_ids.summary, f"Redo repair {self.repair.name}"
        )
        self._pass(self.repair)
        self.assertFalse(self.repair.activity_ids)
        self._pass(self.repair, self.user_manager_a)
        self.assert_stopped("Inspector, round 2")
        self._pass(self.repair, self.user_inspector)
        self.repair.action_finish()
        self.assertRecordValues(
            self.repair,
            [{"state": "done", "quality_state": "passed", "quality_redo_count": 1}],
        )

    def test_redo_that_fails_again_asks_the_technician_anew(self):
        self._pass(self.repair)
        self._fail(self.repair, self.user_manager_a)
        other = self.repair.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_tech_a.id, summary="Call"
        )
        self._pass(self.repair)
        self.assertEqual(self.repair.activity_ids, other)
        self._fail(self.repair, self.user_manager_a)
        redo = self.repair.activity_ids - other
        self.assertEqual(redo.user_id, self.user_tech_a)
        self.assertEqual(redo.summary, f"Redo repair {self.repair.name}")

    def test_items_not_looked_at_are_named(self):
        check = self._get_check(self.repair)
        check.item_ids[0].action_good()
        with self.assertRaisesRegex(UserError, "look at these first: Tightened"):
            check.action_pass()
        self.assertEqual(check.state, "open")

    def test_check_with_a_bad_item_does_not_pass(self):
        check = self._get_check(self.repair)
        check.item_ids.action_good()
        check.item_ids[1].action_bad()
        with self.assertRaisesRegex(UserError, "with a defect: Tightened"):
            check.action_pass()
        check.item_ids[1].action_na()
        check.defect_ids = self.defect
        with self.assertRaisesRegex(UserError, "with a defect: Q40 Leak"):
            check.action_pass()
        self.assertEqual(check.state, "open")

    def test_failing_without_defect_or_what_to_redo_is_refused(self):
        check = self._get_check(self.repair)
        for vals in (
            {"redo": "Seal it"},
            {"redo": " ", "defect_ids": [Command.set(self.defect.ids)]},
        ):
            check.write(vals)
            with self.assertRaisesRegex(UserError, "name the defect"):
                check.action_fail()
            check.write({"redo": False, "defect_ids": [Command.clear()]})
        self.assertEqual(check.state, "open")
        self.assertEqual(self.repair.quality_redo_count, 0)

    def test_level_out_of_turn_is_refused(self):
        leader = self.repair.sudo().quality_check_ids.sorted("rank")[1]
        leader = leader.with_user(self.user_manager_a)
        with self.assertRaisesRegex(UserError, "is not open"):
            leader.item_ids.action_good()
        with self.assertRaisesRegex(UserError, "possible only from: To Check"):
            leader.action_pass()
        self.assertEqual(leader.state, "waiting")

    def test_decided_check_is_frozen(self):
        check = self._pass(self.repair)
        for verb in (
            check.action_pass,
            check.action_fail,
            check.item_ids.action_bad,
            lambda: check.write({"note": "x"}),
        ):
            with self.assertRaises(UserError):
                verb()
        self.assertEqual(check.item_ids.mapped("result"), ["good", "good"])

    def test_states_are_moved_by_buttons_only(self):
        check = self._get_check(self.repair)
        for vals in (
            {"state": "passed"},
            {"round": 2},
            {"checked_by_id": self.user_manager_a.id},
            {"level": "leader"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                check.write(vals)
        with self.assertRaises(AccessError):
            check.item_ids.write({"name": "Nothing"})
        with self.assertRaises(AccessError):
            check.unlink()

    def test_pass_rate_is_the_share_of_decided_checks(self):
        self._pass(self.repair)
        self._fail(self.repair, self.user_manager_a)
        self._pass(self.repair)
        self._pass(self.repair, self.user_manager_a)
        groups = self.env["aftersales.quality.check"]._read_group(
            [
                ("repair_id", "=", self.repair.id),
                ("state", "in", ("passed", "failed")),
            ],
            ["staff_id", "level"],
            ["pass_rate:avg", "__count"],
        )
        self.assertEqual(
            groups,
            [
                (self.technician_a, "leader", 50.0, 2),
                (self.technician_a, "self", 100.0, 2),
            ],
        )
