from odoo.tests import tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimPerformance(ClaimCommon):
    """The work grows with the claims, the number of queries does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.claims = cls.env["aftersales.claim"]
        for number in range(9):
            cls.claims |= cls._create_claim(f"H1-{number}")

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_list_reads_eight_claims_as_one(self):
        fields = {
            name: {} for name in ("name", "state", "claimed", "approved", "currency_id")
        }
        spec = {**fields, "dealer_id": {"fields": {"display_name": {}}}}

        def read(claims):
            return self._count(
                lambda: claims.with_user(self.user_agent_a).web_read(spec)
            )

        read(self.claims)
        self.assertEqual(read(self.claims[:1]), read(self.claims[1:]))

    def test_settlement_of_eight_claims_costs_little_more_than_of_one(self):
        def settle(claims, month):
            claims.with_user(self.user_manager_a).action_submit()
            wizard = (
                self.env["aftersales.settlement.run"]
                .with_user(self.user_accountant)
                .create(
                    {"date_from": f"2026-{month}-01", "date_to": f"2026-{month}-28"}
                )
            )
            settlement = self.env["aftersales.settlement"]

            def run():
                nonlocal settlement
                settlement = settlement.search(wizard.action_run()["domain"])

            count = self._count(run)
            settlement = settlement.with_user(self.user_accountant)
            settlement.action_notify()
            settlement.with_user(self.user_manager_a).action_confirm()
            return count + self._count(settlement.action_offset)

        one = settle(self.claims[:1], "07")
        eight = settle(self.claims[1:], "08")
        # half a query for each further claim
        self.assertLessEqual(eight - one, 0.5 * 7 + 4)
