from contextlib import contextmanager
from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.aftersales_parts.tests.common import SIGNATURE, PartsCommon

NOW = "2026-06-15 08:00:00"


class ClaimCommon(PartsCommon):
    """Dealer A with rates and stock, finished repairs and claims on demand.

    Time stands at :data:`NOW`; the machine was sold on 2026-03-01, so that main parts
    are covered in full and wear parts no longer are. The pump sells at 200.00, an hour
    is paid 80.00 and a kilometre 1.50; all amounts are taxed with 13 %.
    """

    # Tours need a clock that runs.
    clock_ticks = False

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW, tick=cls.clock_ticks))
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "VAT 13 %",
                "amount": 13.0,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
            }
        )
        cls.bookings = cls.env["aftersales.claim.booking"].search([])
        cls.bookings.tax_ids = cls.tax
        cls.grade = cls.env["aftersales.dealer.grade"].create(
            {"name": "Test", "code": "T", "labour_rate": 80.0, "travel_rate": 1.5}
        )
        (cls.dealer_a | cls.dealer_b).grade_id = cls.grade
        cls.operation = cls.env["aftersales.operation"].create(
            {"name": "Replace pump", "code": "OP-P", "hours": 2.5}
        )
        cls.env.ref("aftersales_claim.aftersales_claim_rule_sample").active = False
        cls.class_main.return_old_part = False
        cls._put_into_stock(cls.pump, 90)
        cls._receive(cls.pump, 40)
        cls.reason = cls.env.ref("aftersales_claim.aftersales_claim_reason_other")

    @classmethod
    def _create_active_card(cls, serial, user=None, returned_on=None, **vals):
        """A card whose slip came in time, unless the test says otherwise."""
        on_time = returned_on or date(2026, 3, 10)
        return super()._create_active_card(serial, user, on_time, **vals)

    @classmethod
    def _create_finished(
        cls, serial="H1-0001", parts=None, hours=2.5, travel=40.0, user=None
    ):
        """A repair of dealer A that the customer signed: a pump, labour, travel."""
        repair = cls._create_repair(
            serial, {cls.pump: 1} if parts is None else parts, user
        )
        if hours:
            repair.labour_ids = [Command.create({"operation_id": cls.operation.id})]
            repair.sudo().labour_ids.hours = hours
        repair.travel_km = travel
        cls._finish(repair)
        return repair

    @classmethod
    def _create_claim(cls, serial="H1-0001", user=None, **kwargs):
        """The draft claim of a new finished repair, made by dealer A's agent."""
        repair = cls._create_finished(serial, **kwargs)
        user = user or cls.user_agent_a
        action = repair.with_user(user).action_create_claim()
        return cls.env["aftersales.claim"].with_user(user).browse(action["res_id"])

    @classmethod
    def _submit(cls, claim):
        claim.with_user(cls.user_manager_a).action_submit()
        return claim

    @classmethod
    def _create_approved(cls, serial="H1-0001", **kwargs):
        claim = cls._submit(cls._create_claim(serial, **kwargs))
        assert claim.state == "approved", claim.state
        return claim

    @classmethod
    def _run_settlement(cls, user=None, dealers=None):
        """Settle June as the warranty accountant, by the wizard."""
        wizard = (
            cls.env["aftersales.settlement.run"]
            .with_user(user or cls.user_accountant)
            .create(
                {
                    "date_from": "2026-06-01",
                    "date_to": "2026-06-30",
                    "dealer_ids": [Command.set(dealers.ids if dealers else [])],
                }
            )
        )
        action = wizard.action_run()
        return (
            cls.env["aftersales.settlement"]
            .with_user(user or cls.user_accountant)
            .search(action["domain"])
        )

    @classmethod
    def _create_confirmed(cls, *claims):
        """A settlement of the given claims that dealer A's manager confirmed."""
        if not claims:
            cls._create_approved()
        settlement = cls._run_settlement()
        settlement.action_notify()
        settlement.with_user(cls.user_manager_a).action_confirm()
        return settlement

    @classmethod
    def _create_invoice(cls, total, due, post=True, dealer=None, **vals):
        """An invoice to the dealer over ``total`` without tax, due on a day."""
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (dealer or cls.dealer_a).partner_id.id,
                "invoice_date": "2026-01-05",
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Machines",
                            "quantity": 1,
                            "price_unit": total,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **vals,
            }
        )
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def _adjust(cls, settlement, kind, amount, name="Adjustment"):
        return (
            cls.env["aftersales.settlement.line"]
            .with_user(cls.user_accountant)
            .create(
                {
                    "settlement_id": settlement.id,
                    "kind": kind,
                    "amount": amount,
                    "name": name,
                }
            )
        )

    @contextmanager
    def assertUnchanged(self, records, *fields):
        """The block changes none of these fields."""
        before = records.sudo().read(list(fields))
        yield
        records.invalidate_recordset()
        self.assertEqual(records.sudo().read(list(fields)), before)


__all__ = ["NOW", "SIGNATURE", "ClaimCommon"]
