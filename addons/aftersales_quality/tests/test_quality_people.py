from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.common import DEALER_USER
from odoo.addons.aftersales_service.tests.common import NOW

from .common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQualityPeople(QualityCommon):
    """Who checks, and that nobody checks his own work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._create_work()

    def _find_queue(self, user):
        checks = self.env["aftersales.quality.check"].with_user(user)
        return checks.search([("is_mine", "=", True)]) & checks.search(
            [("repair_id", "=", self.repair.id)]
        )

    def assert_refused(self, user, pattern):
        check = self._get_check(self.repair, user)
        for verb in (check.action_pass, check.action_fail, check.item_ids.action_good):
            with self.assertRaisesRegex(AccessError, pattern):
                verb()
        self.assertEqual(check.state, "open")
        self.assertFalse(check.can_pass)
        self.assertFalse(any(check.item_ids.mapped("result")))
        self.assertFalse(self._find_queue(user))

    def test_self_check_is_the_technicians(self):
        self.assertTrue(self._find_queue(self.user_tech_a))
        self.assertTrue(self._get_check(self.repair).can_pass)
        for user in (self.user_agent_a, self.user_manager_a, self.user_inspector):
            self.assert_refused(user, "is to be done by Tech A")

    def test_technician_without_login_is_answered_for_by_his_leader(self):
        self.technician_a.user_id = False
        self._pass(self.repair, self.user_manager_a)
        self.assertEqual(self._get_check(self.repair).level, "leader")

    def test_leader_check_is_the_dealers_managers(self):
        self._pass(self.repair)
        self.assertTrue(self._find_queue(self.user_manager_a))
        self.assert_refused(self.user_tech_a, "nobody checks his own work")
        self.assert_refused(self.user_agent_a, "by the service manager of Northern")
        self._pass(self.repair, self.user_manager_a)

    def test_staff_role_manager_leads_without_the_managers_login(self):
        foreman = self._create_user("foreman_a", DEALER_USER, self.dealer_a)
        self._create_staff(foreman, "manager")
        self._pass(self.repair)
        self.assertTrue(self._find_queue(foreman))
        self._pass(self.repair, foreman)
        self.assertEqual(self._get_check(self.repair).level, "inspector")

    def test_manager_who_repaired_does_not_check_himself(self):
        self.repair.with_user(self.user_manager_a).staff_id = self.leader_a
        self._pass(self.repair, self.user_manager_a)
        self.assert_refused(self.user_manager_a, "nobody checks his own work")
        # the company's manager stands in
        self._pass(self.repair, self.user_manager)
        self.assertEqual(self._get_check(self.repair).level, "inspector")

    def test_inspector_check_is_the_companys(self):
        self._pass(self.repair)
        self._pass(self.repair, self.user_manager_a)
        self.assertTrue(self._find_queue(self.user_inspector))
        for user in (self.user_agent_a, self.user_manager_a):
            self.assert_refused(user, "is to be done by an inspector")
        self.assert_refused(self.user_tech_a, "nobody checks his own work")
        self._pass(self.repair, self.user_inspector)

    def test_inspector_among_the_dealers_staff(self):
        user = self._create_user("inspector_a", DEALER_USER, self.dealer_a)
        self._create_staff(user, "inspector")
        other = self._create_user("inspector_b", DEALER_USER, self.dealer_b)
        self._create_staff(other, "inspector")
        self._pass(self.repair)
        self._pass(self.repair, self.user_manager_a)
        self.assertTrue(self._find_queue(user))
        self.assertFalse(self._find_queue(other))
        with self.assertRaises(AccessError):
            self._get_check(self.repair, other).action_pass()
        self._pass(self.repair, user)
        self.assertEqual(self.repair.quality_state, "passed")

    def test_company_roles_without_the_task_decide_nothing(self):
        for user in (self.user_support, self.user_quality, self.user_keeper):
            with self.assertRaises(AccessError):
                self._get_check(self.repair, user).action_pass()
        self.assertEqual(self._get_check(self.repair).level, "self")
