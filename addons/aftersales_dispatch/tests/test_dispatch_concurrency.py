from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.aftersales_dealer.tests.concurrency import ConcurrencyCase

CONSTRAINT = "aftersales_dispatch_no_double_booking"


@tagged("post_install", "-at_install")
class TestDispatchConcurrency(ConcurrencyCase):
    """Two dispatchers promise one technician at once, in transactions that commit."""

    def _create_data(self, env):
        partner = env["res.partner"].create({"name": self.code})
        dealer = env["aftersales.dealer"].create(
            {"partner_id": partner.id, "code": self.code}
        )
        staff = env["aftersales.staff"].create(
            {"name": f"Tech {self.code}", "dealer_id": dealer.id}
        )
        user = new_test_user(
            env,
            login=self.code.lower(),
            groups="aftersales_dealer.group_dealer_user",
            dealer_id=dealer.id,
        )
        case_type = env["aftersales.case.type"].create(
            {"name": self.code, "code": self.code}
        )
        cases = env["helpdesk.ticket"].create(
            [
                {
                    "case_type_id": case_type.id,
                    "dealer_id": dealer.id,
                    "partner_name": f"Caller {number} {self.code}",
                    "description": "Does not start",
                    "address": "Road 1",
                }
                for number in range(2)
            ]
        )
        jobs = env["aftersales.dispatch"].create(
            [
                {
                    "ticket_id": case.id,
                    "staff_id": staff.id,
                    "date_start": "2030-06-17 10:00:00",
                    "date_end": "2030-06-17 12:00:00",
                }
                for case in cases
            ]
        )
        self.ids = {
            "aftersales.dispatch": jobs.ids,
            "helpdesk.ticket": cases.ids,
            "aftersales.case.type": case_type.ids,
            "aftersales.staff": staff.ids,
        }
        self.user_id, self.dealer_id = user.id, dealer.id
        self.partner_ids = (
            partner | staff.partner_id | user.partner_id | cases.partner_id
        ).ids

    def _drop_data(self, env):
        jobs = env["aftersales.dispatch"].browse(self.ids["aftersales.dispatch"])
        env.cr.execute(
            "UPDATE aftersales_dispatch SET state = 'draft', sent_at = NULL "
            "WHERE id = ANY(%s)",
            [jobs.ids],
        )
        env.invalidate_all()
        for model, ids in self.ids.items():
            env[model].browse(ids).unlink()
        env["res.users"].browse(self.user_id).unlink()
        partners = env["res.partner"].browse(self.partner_ids)
        partners.dealer_id = False
        env["aftersales.dealer"].browse(self.dealer_id).unlink()
        partners.unlink()

    def _send(self, env, number):
        job_id = self.ids["aftersales.dispatch"][number]
        env["aftersales.dispatch"].browse(job_id).action_send()
        env.flush_all()

    def _get_states(self):
        with self._transaction() as env:
            jobs = env["aftersales.dispatch"].browse(self.ids["aftersales.dispatch"])
            return jobs.mapped("state")

    def _race(self):
        """Both press at once; what the second one was told."""
        return self._act_at_once(
            lambda env: self._send(env, 0),
            lambda env: self._send(env, 1),
            self.user_id,
        )

    def test_one_wins_and_the_other_is_told_what_to_do(self):
        told = self._race()
        self.assertIn("promised to another job in this time a moment ago", told)
        self.assertIn("choose another time or technician", told)
        self.assertEqual(self._get_states(), ["sent", "draft"])

    def test_without_the_constraint_both_would_be_promised(self):
        """What makes the test above pass is the constraint, and nothing else."""
        with self._transaction() as env:
            env.cr.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE conname = %s",
                [CONSTRAINT],
            )
            definition = env.cr.fetchone()[0]
            env.cr.execute(
                f"ALTER TABLE aftersales_dispatch DROP CONSTRAINT {CONSTRAINT}"
            )
        try:
            told = self._race()
            states = self._get_states()
        finally:
            with self._transaction() as env:
                env.cr.execute(
                    "UPDATE aftersales_dispatch SET state = 'draft' WHERE id = ANY(%s)",
                    [self.ids["aftersales.dispatch"]],
                )
                env.cr.execute(
                    f"ALTER TABLE aftersales_dispatch ADD CONSTRAINT {CONSTRAINT} "
                    f"{definition}"
                )
        self.assertEqual((told, states), ("done", ["sent", "sent"]))

    def test_who_comes_later_is_told_the_other_job(self):
        with self._transaction(self.user_id) as env:
            self._send(env, 0)
        with self._transaction(self.user_id) as env:
            with self.assertRaisesRegex(UserError, "is promised to job"):
                self._send(env, 1)
            env.cr.rollback()
        self.assertEqual(self._get_states(), ["sent", "draft"])
