from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import ClaimCommon

# What the company keeps to itself: rules, bookings, and the ledger.
CLOSED = (
    "aftersales.claim.rule",
    "aftersales.claim.booking",
    "account.move",
    "account.move.line",
    "account.partial.reconcile",
    "account.tax",
    "account.account",
)
HIDDEN_FIELDS = {
    "aftersales.claim": ("review_note", "reviewer_id"),
    "aftersales.claim.decision": ("rule_id", "rule_version", "user_id"),
    "aftersales.settlement": ("move_id", "move_ids"),
    "aftersales.settlement.line": ("account_id", "tax_ids", "product_id"),
    "aftersales.settlement.offset": ("invoice_id",),
    "aftersales.dealer.grade": ("labour_rate", "travel_rate"),
}


@tagged("post_install", "-at_install")
class TestClaimFence(FenceChecks, ClaimCommon):
    """What a dealer's user may see of claims and settlements: his own, and no rules."""

    @classmethod
    def _create_fenced_rows(cls):
        cls.company.invalidate_recordset()
        cls._create_invoice(1000.0, "2026-02-28")
        cls._create_invoice(1000.0, "2026-02-28", dealer=cls.dealer_b)
        cls._create_approved("H1-OWN", hours=4.0)
        repair = cls._create_finished("H1-FOREIGN", hours=4.0)
        repair.sudo().dealer_id = cls.dealer_b
        action = repair.with_user(cls.user_support).action_create_claim()
        foreign = cls.env["aftersales.claim"].browse(action["res_id"])
        foreign.with_user(cls.user_manager_b).action_submit()
        settlements = cls._run_settlement()
        settlements.action_notify()
        for settlement in settlements:
            user = (
                cls.user_manager_a
                if settlement.dealer_id == cls.dealer_a
                else cls.user_manager_b
            )
            settlement.with_user(user).action_confirm()
        settlements.action_offset()
        cls.env.flush_all()
        return {
            name: cls._fence(name)
            for name in (
                "aftersales.claim",
                "aftersales.claim.line",
                "aftersales.claim.decision",
                "aftersales.settlement",
                "aftersales.settlement.line",
                "aftersales.settlement.offset",
            )
        }

    @classmethod
    def _fence(cls, name):
        model = cls.env[name].sudo()
        return Fenced(
            model.search([("dealer_id", "=", cls.dealer_b.id)]),
            model.search([("dealer_id", "=", cls.dealer_a.id)]),
        )

    def test_dealers_manager_reaches_no_row_of_another_dealer(self):
        for model, rows in self.fenced.items():
            with self.subTest(model=model):
                self.assertTrue(rows.foreign)
                self.assert_fenced(self.user_manager_a, model, rows)

    def test_dealers_agent_reaches_no_row_of_another_dealer(self):
        for model in ("aftersales.claim", "aftersales.claim.line"):
            with self.subTest(model=model):
                self.assert_fenced(self.user_agent_a, model, self.fenced[model])

    def test_agent_reads_no_settlement(self):
        settlement = self.fenced["aftersales.settlement"].own
        with self.assertRaises(AccessError):
            settlement.with_user(self.user_agent_a).action_confirm()
        self.assertEqual(settlement.state, "offset")

    def test_rules_bookings_and_ledger_are_closed(self):
        for model in CLOSED:
            row = self.env[model].sudo().search([], limit=1)
            with self.subTest(model=model), self.assertRaises(AccessError):
                row.with_user(self.user_manager_a).read(["id"])

    def test_what_the_company_thinks_is_hidden(self):
        for model, names in HIDDEN_FIELDS.items():
            row = self.env[model].sudo().search([], limit=1)
            for name in names:
                with self.subTest(model=model, field=name):
                    self.assertIn(name, row._fields)
                    with self.assertRaises(AccessError):
                        row.with_user(self.user_manager_a).read([name])

    def test_hidden_field_is_no_search_key_either(self):
        decisions = self.env["aftersales.claim.decision"].with_user(self.user_manager_a)
        with self.assertRaises(AccessError):
            decisions.search([("rule_id.name", "ilike", "flat")])

    def test_dealer_reads_the_reasons_of_his_claim(self):
        claim = self.fenced["aftersales.claim"].own.with_user(self.user_agent_a)
        decision = claim.decision_ids
        self.assertEqual(decision.reason_id.code, "HOURS")
        self.assertEqual(decision.amount, 120.0)

    def test_dealer_writes_nothing_of_what_is_decided(self):
        for model, values in (
            ("aftersales.claim.decision", {"amount": 0.0}),
            ("aftersales.settlement", {"amount_total": 9999.0}),
            ("aftersales.settlement", {"state": "closed"}),
            ("aftersales.settlement.line", {"amount": 9999.0}),
            ("aftersales.claim.line", {"approved": 9999.0, "kind": "part"}),
        ):
            row = self.fenced[model].own[:1].with_user(self.user_manager_a)
            with self.subTest(model=model, values=values):
                with self.assertRaises(UserError):
                    row.write(values)
                with self.assertRaises(AccessError):
                    row.create(values)

    def test_company_roles_without_a_part_in_it_only_read(self):
        for user in (self.user_support, self.user_keeper, self.user_inspector):
            for model in self.fenced:
                rows = self.env[model].with_user(user)
                with self.subTest(user=user.login, model=model):
                    self.assertTrue(rows.has_access("read"))
                    for verb in ("write", "create", "unlink"):
                        self.assertFalse(rows.has_access(verb))
