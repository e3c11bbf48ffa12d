from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import NOW, FollowupCommon

LISTS = "lists that the company asks by; name no dealer"
REFERENCE = {
    "aftersales.followup.question": LISTS,
    "aftersales.followup.reason": LISTS,
    "aftersales.followup.rule": LISTS,
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupFence(FenceChecks, FollowupCommon):
    reference = {**FenceChecks.reference, **REFERENCE}
    owner, intruder = "a", "b"

    @classmethod
    def _create_fenced_rows(cls):
        followup = cls._plan_call(asker="dealer").sudo(False)
        followup = followup.with_user(cls.env.user)
        reports = cls.env["aftersales.followup.report"].search(
            [("followup_id", "=", followup.id)]
        )
        return {
            "aftersales.followup": Fenced(followup),
            "aftersales.followup.answer": Fenced(followup.answer_ids[:1]),
            "aftersales.followup.report": Fenced(reports[:1]),
        }

    def test_no_role_of_a_dealer_reaches_a_row_of_another(self):
        for user in (self.user_manager_b, self.user_agent_b):
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        opened = self._get_open_models(self.user_manager_b)
        ours = {name for name in opened if name.startswith("aftersales.followup")}
        self.assertFalse(ours - set(REFERENCE) - set(self.fenced))
        self.assert_reference_models_belong_to_nobody()

    def test_other_dealer_cannot_act(self):
        followup = self.fenced["aftersales.followup"].foreign
        followup = followup.with_user(self.user_agent_b)
        for act in ("action_finish", "action_not_reached", "action_send_link"):
            with self.subTest(act=act), self.assertRaises(AccessError):
                getattr(followup, act)()
        self.assertEqual(followup.sudo().state, "planned")

    def test_rules_belong_to_the_manager(self):
        for model in REFERENCE:
            for user in (self.user_manager_a, self.user_support):
                with self.subTest(model=model, user=user.login):
                    records = self.env[model].with_user(user)
                    self.assertTrue(records.has_access("read"))
                    self.assertFalse(records.has_access("write"))
            manager = self.env[model].with_user(self.user_manager)
            self.assertTrue(manager.has_access("write"))
