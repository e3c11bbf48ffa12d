from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced
from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon

SETTINGS = "how the company ranks and equips; names nobody"


@tagged("post_install", "-at_install")
class TestDispatchFence(FenceChecks, DispatchCommon):
    reference = {
        **FenceChecks.reference,
        "aftersales.dispatch.criterion": SETTINGS,
        "aftersales.skill.need": SETTINGS,
        "aftersales.tool": SETTINGS,
    }

    @classmethod
    def _create_fenced_rows(cls):
        sides = [cls._create_rows(side) for side in (cls.owner, cls.intruder)]
        return {model: Fenced(*(rows[model] for rows in sides)) for model in sides[0]}

    @classmethod
    def _create_rows(cls, side):
        dealer, agent, _manager = cls._get_side(side).values()
        staff = cls._create_technician(f"Fenced {side}", dealer)
        case = cls._create_case(agent, serial=False, partner_name=f"Caller {side}")
        job = cls._create_job(
            case,
            agent,
            staff_id=staff.id,
            part_ids=[Command.create({"product_id": cls.part.id})],
        )
        return {
            "aftersales.staff.absence": cls._create_absence(staff, "2026-06-15"),
            "aftersales.staff.territory": cls.env["aftersales.staff.territory"].create(
                {"staff_id": staff.id, "city": "Harbin"}
            ),
            "aftersales.dispatch.part": job.part_ids.sudo(False),
        }

    def test_no_role_of_a_dealer_reaches_a_row_of_another(self):
        for user in self.intruders:
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        names = ("criterion", "need", "tool", "absence", "territory", "part")
        opened = {
            name
            for name in self._get_open_models(self.user_manager_a)
            if name.startswith("aftersales.") and name.rpartition(".")[2] in names
        } & set(self.env["ir.model"].search(self._get_own_domain()).mapped("model"))
        self.assertEqual(opened - set(self.reference), set(self.fenced))
        self.assert_reference_models_belong_to_nobody()

    def _get_own_domain(self):
        rows = self.env["ir.model.data"].search(
            [("model", "=", "ir.model"), ("module", "=", "aftersales_dispatch")]
        )
        return [("id", "in", rows.mapped("res_id"))]

    @freeze_time(NOW)
    def test_absence_of_a_foreign_technician_cannot_be_entered(self):
        foreign = self.fenced["aftersales.staff.absence"].foreign.staff_id
        for user in (self.user_agent_a, self.user_manager_a):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.env["aftersales.staff.absence"].with_user(user).create(
                    {"staff_id": foreign.id}
                )

    @freeze_time(NOW)
    def test_foreign_technician_cannot_be_chosen(self):
        foreign = self.fenced["aftersales.staff.absence"].foreign.staff_id
        case = self._create_case()
        action = case.action_suggest()
        lines = self.env["aftersales.dispatch.suggestion.line"]
        with self.assertRaises(AccessError), self.cr.savepoint():
            lines.with_user(self.user_agent_a).create(
                {"suggestion_id": action["res_id"], "staff_id": foreign.id}
            )
        self.assertNotIn(
            foreign.id,
            lines.sudo()
            .search([("create_uid", "=", self.user_agent_a.id)])
            .staff_id.ids,
        )

    def test_configuration_belongs_to_the_after_sales_manager(self):
        for model in (
            "aftersales.dispatch.criterion",
            "aftersales.skill.need",
            "aftersales.tool",
        ):
            for user in (self.user_manager_a, self.user_support):
                with self.subTest(model=model, user=user.login):
                    records = self.env[model].with_user(user)
                    self.assertTrue(records.has_access("read"))
                    self.assertFalse(records.has_access("write"))
            self.assertTrue(
                self.env[model].with_user(self.user_manager).has_access("write")
            )

    def test_territory_belongs_to_the_dealers_manager(self):
        areas = self.env["aftersales.staff.territory"]
        self.assertFalse(areas.with_user(self.user_agent_a).has_access("write"))
        self.assertTrue(areas.with_user(self.user_manager_a).has_access("write"))
