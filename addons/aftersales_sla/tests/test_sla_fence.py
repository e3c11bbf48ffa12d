from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced
from odoo.addons.aftersales_service.tests.common import NOW

from .common import ClockCommon, at

PROMISE = "what customers are promised; dealers have to keep it"
REFERENCE = {
    "aftersales.sla.policy": PROMISE,
    "aftersales.sla.target": PROMISE,
    "aftersales.sla.season": "days of the year",
    "aftersales.sla.pause.reason": "names of reasons",
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlaFence(FenceChecks, ClockCommon):
    reference = {**FenceChecks.reference, **REFERENCE}

    @classmethod
    def _create_fenced_rows(cls):
        reason = cls.env.ref("aftersales_sla.aftersales_sla_pause_reason_site")
        rows = []
        for user in (cls.user_agent_b, cls.user_agent_a):
            case = cls._create_case(
                user, serial=False, case_type_id=cls.type_question.id
            )
            case.action_pause(reason)
            rows.append(case.sudo())
        foreign, own = rows
        return {
            "aftersales.sla.clock": Fenced(foreign.clock_ids, own.clock_ids),
            "aftersales.sla.pause": Fenced(foreign.pause_ids, own.pause_ids),
        }

    def test_no_role_of_a_dealer_reaches_a_row_of_another(self):
        for user in (self.user_manager_a, self.user_agent_a):
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        opened = self._get_open_models(self.user_manager_a)
        ours = {name for name in opened if name.startswith("aftersales.sla.")}
        self.assertEqual(ours, set(REFERENCE) | set(self.fenced))
        self.assert_reference_models_belong_to_nobody()

    def test_nobody_writes_clocks_pauses_or_notices(self):
        for user in (self.user_manager_a, self.user_support, self.user_manager):
            for model in (
                "aftersales.sla.clock",
                "aftersales.sla.pause",
                "aftersales.sla.notice",
            ):
                for operation in ("create", "write", "unlink"):
                    with self.subTest(model=model, operation=operation):
                        records = self.env[model].with_user(user)
                        self.assertFalse(records.has_access(operation))

    def test_dealer_cannot_move_his_own_deadline(self):
        clock = self.fenced["aftersales.sla.clock"].own[:1]
        before = clock.deadline, clock.state
        with self.assertRaises(AccessError):
            clock.with_user(self.user_manager_a).write({"deadline": at(1000)})
        case = clock.ticket_id.with_user(self.user_manager_a)
        with self.assertRaises(AccessError), self.cr.savepoint():
            case.write({"clock_ids": [(1, clock.id, {"state": "met"})]})
        self.assertEqual((clock.deadline, clock.state), before)

    def test_dealer_is_not_told_whose_of_the_company_a_miss_was(self):
        clock = self.fenced["aftersales.sla.clock"].own[:1]
        clock = clock.with_user(self.user_manager_a)
        for name in ("responsible_dealer_id", "missed_user_id", "missed_staff_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                clock.read([name])
        with self.assertRaises(AccessError):
            self.env["aftersales.sla.notice"].with_user(self.user_manager_a).search([])

    def test_promises_and_ladder_belong_to_the_manager(self):
        for model in (
            "aftersales.sla.policy",
            "aftersales.sla.target",
            "aftersales.sla.season",
            "aftersales.sla.escalation",
            "aftersales.sla.pause.reason",
        ):
            with self.subTest(model=model):
                for user in (self.user_manager_a, self.user_support):
                    records = self.env[model].with_user(user)
                    self.assertFalse(records.has_access("write"))
                manager = self.env[model].with_user(self.user_manager)
                self.assertTrue(manager.has_access("write"))
