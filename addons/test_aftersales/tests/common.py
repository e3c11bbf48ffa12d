from datetime import date, datetime

from odoo.fields import Command

from odoo.addons.aftersales_claim.tests.common import ClaimCommon
from odoo.addons.aftersales_parts.tests.common import SIGNATURE


class StoryCommon(ClaimCommon):
    """The main line of one repair: a verb for each step, taken by who takes it.

    A harvester of 2026-03-01 breaks down on the frozen day. Two pumps at 200.00, 2.5
    hours at 80.00 and 37.5 kilometres at 1.50 make 656.25 before tax, 741.56 with it.
    The dealer owes two invoices, 565.00 and 1,130.00.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.class_main.return_old_part = True
        # a name that no other part's contains, for who types it into a field
        cls.pump.name = "Lift Pump HX9"
        cls.symptom = cls.env.ref("aftersales_service.fault_s10")
        cls.customer_a.write({"phone": "13900000001", "street": "Shenbei Road 8"})
        cls.invoice_old = cls._create_invoice(500.0, date(2026, 4, 1))
        cls.invoice_new = cls._create_invoice(1000.0, date(2026, 5, 1))

    @classmethod
    def _create_invoice(cls, amount, day):
        """A posted invoice of the company to dealer A, taxed with 13 %."""
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.dealer_a.partner_id.id,
                "invoice_date": day,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Machines",
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": [Command.set(cls.tax.ids)],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        return invoice

    @classmethod
    def _register_card(cls):
        """The agent files the slip in time, support confirms it."""
        return cls._create_active_card(
            "H1-STORY", returned_on=date(2026, 3, 12), invoice_ref="FP-20260301"
        )

    @classmethod
    def _take_call(cls):
        """The agent takes the customer's call."""
        return (
            cls.env["helpdesk.ticket"]
            .with_user(cls.user_agent_a)
            .create(
                {
                    "case_type_id": cls.type_repair.id,
                    "serial": "H1-STORY",
                    "fault_id": cls.symptom.id,
                    "description": "The header does not lift.",
                }
            )
        )

    @classmethod
    def _send(cls, case):
        """The agent sends the technician."""
        job = (
            cls.env["aftersales.dispatch"]
            .with_user(cls.user_agent_a)
            .create(
                {
                    "ticket_id": case.id,
                    "staff_id": cls.technician_a.id,
                    "date_start": datetime(2026, 6, 15, 9),
                    "date_end": datetime(2026, 6, 15, 12),
                }
            )
        )
        job.action_send()
        return job

    @classmethod
    def _dispatch(cls, case):
        """The technician accepts the job and arrives."""
        job = cls._send(case).with_user(cls.user_tech_a)
        job.action_accept()
        job.action_arrive()
        return job

    @classmethod
    def _repair(cls, job):
        """The technician changes two pumps; the customer signs."""
        job.action_create_repair()
        repair = job.repair_ids
        repair.write(
            {
                "usage": 320.0,
                "travel_km": 37.5,
                "move_ids": [
                    Command.create({"product_id": cls.pump.id, "product_uom_qty": 2})
                ],
                "labour_ids": [Command.create({"operation_id": cls.operation.id})],
                "customer_signature": SIGNATURE,
                "signed_by": "Farmer Zhang",
            }
        )
        repair.action_finish()
        return repair

    @classmethod
    def _send_old_parts(cls, repair):
        """The agent packs what the repair recovered; the keeper scans it in."""
        tags = repair.old_part_ids
        box = (
            cls.env["aftersales.old.part.return"]
            .with_user(cls.user_agent_a)
            .create({"dealer_id": cls.dealer_a.id})
        )
        box.action_fill()
        box.write({"carrier": "SF", "waybill": "SF1001"})
        box.action_ship()
        box = box.with_user(cls.user_keeper)
        box.scan = "\n".join(tags.mapped("name"))
        box.action_receive()
        return box

    @classmethod
    def _inspect(cls, tags, responsibility="company", disposition="scrap"):
        """The inspector decides on all the tags at once."""
        return (
            cls.env["aftersales.old.part.inspect"]
            .with_user(cls.user_inspector)
            .create(
                {
                    "old_part_ids": [Command.set(tags.ids)],
                    "finding": "Shaft seal torn",
                    "cause": "manufacturing",
                    "responsibility": responsibility,
                    "disposition": disposition,
                }
            )
            .action_apply()
        )

    @classmethod
    def _file_claim(cls, repair):
        """The agent drafts the claim, the dealer's manager submits it."""
        repair.with_user(cls.user_agent_a).action_create_claim()
        claim = repair.with_user(cls.user_manager_a).claim_ids
        claim.action_submit()
        return claim

    @classmethod
    def _settle(cls):
        """The accountant settles June and notifies the dealer."""
        run = (
            cls.env["aftersales.settlement.run"]
            .with_user(cls.user_accountant)
            .create(
                {
                    "date_from": date(2026, 6, 1),
                    "date_to": date(2026, 6, 30),
                    "dealer_ids": [Command.set(cls.dealer_a.ids)],
                }
            )
        )
        settlement = cls.env["aftersales.settlement"].search(run.action_run()["domain"])
        settlement = settlement.with_user(cls.user_accountant)
        settlement.action_notify()
        return settlement
