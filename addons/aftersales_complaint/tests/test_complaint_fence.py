from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import NOW, ComplaintCommon

LISTS = "lists that the company counts by; name no dealer"
REFERENCE = {
    "aftersales.complaint.cause": LISTS,
    "aftersales.complaint.class": LISTS,
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestComplaintFence(FenceChecks, ComplaintCommon):
    """A dealer sees what is complained of him, not what the company thinks of it."""

    reference = {**FenceChecks.reference, **REFERENCE}
    owner, intruder = "a", "b"

    @classmethod
    def _create_fenced_rows(cls):
        cls.complaint = cls._create_complaint()
        cls.complaint.write({"assessment": "<p>Fire him</p>", "exposure": "legal"})
        foreign = cls.complaint.with_user(cls.env.user)
        own = cls._create_complaint(
            dealer_id=cls.dealer_b.id, partner_id=cls.customer_b.id
        )
        return {
            "aftersales.complaint": Fenced(foreign, own.with_user(cls.env.user)),
        }

    def test_no_role_of_a_dealer_reaches_a_row_of_another(self):
        for user in (self.user_manager_b, self.user_agent_b):
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        opened = self._get_open_models(self.user_manager_b)
        ours = {name for name in opened if name.startswith("aftersales.complaint")}
        self.assertFalse(ours - set(REFERENCE) - set(self.fenced))
        self.assert_reference_models_belong_to_nobody()

    def test_internal_assessment_is_hidden_from_the_dealer(self):
        for user in (self.user_agent_a, self.user_manager_a):
            mine = self.complaint.with_user(user)
            self.assertEqual(mine.summary, "The technician shouted at me")
            for name in ("assessment", "exposure"):
                with self.subTest(user=user.login, field=name):
                    with self.assertRaises(AccessError):
                        mine.read([name])
                    with self.assertRaises(AccessError):
                        mine.search([(name, "!=", False)])
                    with self.assertRaises(AccessError):
                        mine._read_group(
                            [], [name] if name == "exposure" else [], [f"{name}:count"]
                        )
            arch = mine.get_views([(False, "form")])["views"]["form"]["arch"]
            self.assertNotIn('name="assessment"', arch)

    def test_dealer_writes_his_statement_and_nothing_else(self):
        mine = self.complaint.with_user(self.user_agent_a)
        mine.dealer_statement = "The customer shouted first"
        for vals in (
            {"summary": "Nothing"},
            {"severity": "3"},
            {"responsible": "customer"},
            {"measure": "None"},
            {"check_result": "effective"},
        ):
            refusal = self.assertRaisesRegex(AccessError, "the company's to write")
            with self.subTest(vals=vals), refusal:
                mine.write(vals)
        self.assertEqual(self.complaint.dealer_statement, "The customer shouted first")

    def test_dealer_takes_no_step(self):
        mine = self.complaint.with_user(self.user_manager_a)
        for act in (
            "action_respond",
            "action_decide",
            "action_check",
            "action_answer",
            "action_close",
            "action_reopen",
        ):
            with self.subTest(act=act), self.assertRaises(AccessError):
                getattr(mine, act)()
        self.assertFalse(mine.can_respond)
        with self.assertRaises(AccessError):
            self._create_complaint(self.user_manager_a)
        self.assertEqual(self.complaint.state, "open")

    def test_other_roles_of_the_company_read_only(self):
        for user in (self.user_inspector, self.user_keeper, self.user_accountant):
            with self.subTest(user=user.login):
                record = self.complaint.with_user(user)
                self.assertTrue(record.read(["summary"]))
                self.assertFalse(record.has_access("write"))

    def test_lists_belong_to_the_manager(self):
        for model in REFERENCE:
            records = self.env[model]
            self.assertFalse(records.with_user(self.user_support).has_access("write"))
            self.assertTrue(records.with_user(self.user_manager).has_access("write"))
