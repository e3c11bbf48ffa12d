from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import RequisitionCommon


@tagged("post_install", "-at_install")
class TestRequisitionFence(FenceChecks, RequisitionCommon):
    """Another dealer's requisitions are neither seen nor touched."""

    owner, intruder = "a", "b"

    @classmethod
    def _create_fenced_rows(cls):
        requisition = cls._create_requisition()
        cls._issue(requisition)
        foreign = requisition.sudo()
        cls.env.flush_all()
        ledger = cls.env["aftersales.parts.ledger"]
        return {
            "aftersales.parts.requisition": Fenced(foreign),
            "aftersales.parts.requisition.line": Fenced(foreign.line_ids),
            "aftersales.parts.requisition.entry": Fenced(foreign.entry_ids),
            "aftersales.parts.ledger": Fenced(
                ledger.search([("requisition_id", "=", foreign.id)])
            ),
        }

    def test_the_other_dealers_people_reach_none_of_it(self):
        for user in (self.user_agent_b, self.user_manager_b):
            for model, rows in self.fenced.items():
                with self.subTest(user=user.login, model=model):
                    self.assert_fenced(user, model, rows)

    def test_the_owner_sees_his_own(self):
        for model, rows in self.fenced.items():
            with self.subTest(model=model):
                found = self.env[model].with_user(self.user_agent_a)
                self.assertEqual(
                    found.search([("id", "in", rows.foreign.ids)]).ids,
                    rows.foreign.ids,
                )

    def test_nothing_is_asked_for_on_another_dealers_repair(self):
        count = self.env["aftersales.parts.requisition"].search_count([])
        with self.assertRaises(AccessError):
            self._create_requisition(user=self.user_agent_b)
        self.assertEqual(
            self.env["aftersales.parts.requisition"].search_count([]), count
        )

    def test_buttons_of_a_foreign_requisition_are_refused(self):
        requisition = self.fenced["aftersales.parts.requisition"].foreign
        for name in ("action_issue_all", "action_write_off", "action_return"):
            with self.subTest(button=name), self.assertRaises(AccessError):
                getattr(requisition.with_user(self.user_manager_b), name)()
        self._assert_stock(2, 3)

    def test_company_roles_without_a_part_in_it_do_not_issue(self):
        requisition = self._create_requisition(
            {self.pump: 1}, repair_id=self._create_repair(serial="H1-0002").id
        )
        self._approve(requisition)
        for user in (self.user_support, self.user_inspector, self.user_accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                requisition.with_user(user).action_issue_all()
        self._assert_stock(2, 3)

    def test_parts_keeper_issues_to_a_dealers_technician(self):
        requisition = self._create_requisition(
            {self.pump: 1}, repair_id=self._create_repair(serial="H1-0002").id
        )
        self._approve(requisition)
        requisition.with_user(self.user_keeper).action_issue_all()
        self._assert_stock(1, 4)
