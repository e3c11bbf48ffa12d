from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestDealerTransitions(AftersalesCommon):
    """The transition mixin, shown on its first model: the dealer and its measures."""

    def test_state_written_by_hand_is_refused_even_for_the_manager(self):
        dealer = self.dealer_a.with_user(self.user_manager)
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            dealer.write({"state": "suspended"})
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            call_kw(dealer.browse(), "write", [dealer.ids, {"state": "warned"}], {})
        self.assertEqual(self.dealer_a.state, "active")

    def test_state_given_at_creation_is_refused(self):
        partner = self.env["res.partner"].create({"name": "New dealer"})
        Dealer = self.env(user=self.user_manager)["aftersales.dealer"]
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            Dealer.create(
                {"partner_id": partner.id, "code": "N01", "state": "suspended"}
            )
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            Dealer.with_context(default_state="suspended").create(
                {"partner_id": partner.id, "code": "N01", "state": "suspended"}
            )
        self.assertFalse(Dealer.search([("code", "=", "N01")]))

    def test_state_by_default_in_the_context_is_refused(self):
        partner = self.env["res.partner"].create({"name": "New dealer"})
        Dealer = self.env(user=self.user_manager)["aftersales.dealer"]
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            Dealer.with_context(default_state="suspended").create(
                {"partner_id": partner.id, "code": "N01"}
            )
        self.assertFalse(Dealer.search([("code", "=", "N01")]))

    def test_imported_state_is_refused(self):
        Dealer = self.env(user=self.user_manager)["aftersales.dealer"]
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "dealer_a",
                "model": "aftersales.dealer",
                "res_id": self.dealer_a.id,
            }
        )
        result = Dealer.load(["id", "state"], [["__import__.dealer_a", "Suspended"]])
        self.assertFalse(result["ids"])
        self.assertIn("cannot be set by hand", result["messages"][0]["message"])
        self.assertEqual(self.dealer_a.state, "active")

    def test_measures_follow_the_declared_transitions(self):
        dealer = self.dealer_a.with_user(self.user_manager)
        for measure, state in (
            ("warn", "warned"),
            ("restrict", "restricted"),
            ("suspend", "suspended"),
            ("reinstate", "active"),
            ("terminate", "terminated"),
        ):
            dealer._take_measure(measure, "Reason")
            self.assertEqual(self.dealer_a.state, state)
        with self.assertRaisesRegex(UserError, "is in state “Terminated”"):
            dealer._take_measure("reinstate", "Reason")

    def test_second_press_of_a_measure_is_told_the_state(self):
        dealer = self.dealer_a.with_user(self.user_manager)
        dealer._take_measure("suspend", "Late")
        with self.assertRaisesRegex(UserError, "is in state “Suspended”"):
            dealer._take_measure("suspend", "Late")
        self.assertEqual(self.dealer_a.state, "suspended")

    def test_measure_is_the_managers_alone(self):
        for user in (self.user_support, self.user_manager_a, self.user_quality):
            dealer = self.dealer_a.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                dealer._take_measure("warn", "Mine")
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env(user=user)["aftersales.dealer.measure"].create(
                    {
                        "dealer_ids": self.dealer_a.ids,
                        "measure": "warn",
                        "reason": "Mine",
                    }
                )
        self.assertEqual(self.dealer_a.state, "active")

    def test_one_of_several_in_a_wrong_state_leaves_all_as_they_were(self):
        dealers = (self.dealer_a | self.dealer_b).with_user(self.user_manager)
        dealers[1]._take_measure("suspend", "Late")
        with self.assertRaisesRegex(UserError, "Southern Machinery"):
            dealers._take_measure("warn", "Late")
        self.assertEqual(dealers.mapped("state"), ["active", "suspended"])

    def test_buttons_follow_state_and_role(self):
        self.dealer_a._take_measure("warn", "Late")
        seen = self.dealer_a.with_user(self.user_manager)
        self.assertRecordValues(
            seen,
            [
                {
                    "can_warn": False,
                    "can_restrict": True,
                    "can_suspend": True,
                    "can_reinstate": True,
                    "can_terminate": True,
                }
            ],
        )
        for user in (self.user_support, self.user_manager_a):
            seen = self.dealer_a.with_user(user)
            self.assertFalse(seen.can_restrict or seen.can_reinstate)

    def test_suspended_dealer_opens_no_new_work(self):
        self.dealer_a._take_measure("warn", "Late")
        self.dealer_a.with_user(self.user_agent_a)._ensure_may_operate()
        self.dealer_a._take_measure("suspend", "Late")
        with self.assertRaisesRegex(UserError, "is suspended and cannot open new work"):
            self.dealer_a.with_user(self.user_agent_a)._ensure_may_operate()


@tagged("post_install", "-at_install")
class TestDealerMeasure(AftersalesCommon):
    def _open(self, measure):
        action = (
            self.dealer_a.with_user(self.user_manager)
            .with_context(measure=measure)
            .action_open_measure()
        )
        return (
            self.env(user=self.user_manager)[action["res_model"]]
            .with_context(**action["context"])
            .create({"reason": "Three reports were missing."})
        )

    def test_reason_is_kept_and_told_to_the_dealers_manager(self):
        wizard = self._open("warn")
        self.assertEqual(wizard.dealer_ids, self.dealer_a)
        wizard.action_confirm()
        self.assertEqual(self.dealer_a.state, "warned")
        message = self.dealer_a.with_user(self.user_agent_a).message_ids.filtered(
            lambda m: "Three reports" in (m.body or "")
        )
        self.assertEqual(message.author_id, self.user_manager.partner_id)
        self.assertEqual(
            message.sudo().notified_partner_ids, self.user_manager_a.partner_id
        )

    def test_measure_without_reason_is_refused(self):
        with self.assertRaisesRegex(UserError, "give the reason"):
            self.dealer_a.with_user(self.user_manager)._take_measure("warn", "  ")
        self.assertEqual(self.dealer_a.state, "active")


@tagged("post_install", "-at_install")
class TestTransitionOfTwo(AftersalesCommon):
    """Two users press at once: each in a transaction of his own, as in real life."""

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            partner = env["res.partner"].create({"name": "Contested dealer"})
            dealer = env["aftersales.dealer"].create(
                {"partner_id": partner.id, "code": "CONTESTED"}
            )
            self.dealer_id, self.partner_id = dealer.id, partner.id
        self.addCleanup(self._remove)

    def _transaction(self):
        return _Transaction(self.registry)

    def _remove(self):
        with self._transaction() as env:
            env["aftersales.dealer"].browse(self.dealer_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    def test_one_wins_and_the_other_is_told(self):
        with self._transaction() as first, self._transaction() as second:
            first["aftersales.dealer"].browse(self.dealer_id)._take_measure(
                "warn", "Late"
            )
            with self.assertRaisesRegex(UserError, "somebody else is changing this"):
                second["aftersales.dealer"].browse(self.dealer_id)._take_measure(
                    "suspend", "Late"
                )
        with self._transaction() as third:
            dealer = third["aftersales.dealer"].browse(self.dealer_id)
            self.assertEqual(dealer.state, "warned")
            with self.assertRaisesRegex(UserError, "is in state “Warned”"):
                dealer._take_measure("warn", "Late")

    @mute_logger("odoo.sql_db")
    def test_late_one_with_an_old_picture_is_run_again(self):
        """The server repeats a request that fails so; then it reads the new state."""
        with self._transaction() as late:
            dealer = late["aftersales.dealer"].browse(self.dealer_id)
            self.assertEqual(dealer.state, "active")
            with self._transaction() as first:
                first["aftersales.dealer"].browse(self.dealer_id)._take_measure(
                    "warn", "Late"
                )
            with self.assertRaises(SerializationFailure):
                dealer._take_measure("warn", "Late")
            late.cr.rollback()


class _Transaction:
    """An environment of the superuser in a cursor of its own, committed at the end."""

    def __init__(self, registry):
        self.cursor = registry.cursor()

    def __enter__(self):
        self.cursor.__enter__()
        return api.Environment(self.cursor, SUPERUSER_ID, {})

    def __exit__(self, *error):
        return self.cursor.__exit__(*error)
