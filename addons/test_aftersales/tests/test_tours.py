from odoo.tests import HttpCase, tagged

from .common import StoryCommon


@tagged("post_install", "-at_install")
class TestTours(StoryCommon, HttpCase):
    """The main line in a browser, one tour per role who takes part in it."""

    # a browser waits, and a clock that stands still would let it wait for ever
    clock_ticks = True

    def _walk(self, tour, user):
        self.env.flush_all()
        self.start_tour("/odoo", tour, login=user.login)
        self.env.invalidate_all()

    def test_the_agent_takes_a_call_and_sends_the_technician(self):
        card = self._register_card()
        self._walk("aftersales_agent_takes_a_call", self.user_agent_a)
        case = self.env["helpdesk.ticket"].search([("card_id", "=", card.id)])
        self.assertRecordValues(
            case,
            [
                {
                    "dealer_id": self.dealer_a.id,
                    "partner_id": self.customer_a.id,
                    "product_id": self.machine.id,
                    "fault_id": self.symptom.id,
                    "verdict": "covered",
                }
            ],
        )
        self.assertRecordValues(
            case.dispatch_ids,
            [
                {
                    "state": "sent",
                    "staff_id": self.technician_a.id,
                    "dealer_id": self.dealer_a.id,
                }
            ],
        )

    def test_the_technician_repairs_and_the_customer_signs(self):
        self._register_card()
        case = self._take_call()
        self._send(case)
        before = self._get_on_hand(self.pump, self.place_a)
        self._walk("aftersales_technician_repairs", self.user_tech_a)
        self.assertRecordValues(
            case.repair_ids,
            [
                {
                    "state": "done",
                    "usage": 320.0,
                    "travel_km": 37.5,
                    "labour_hours": 2.5,
                    "signed_by": "Farmer Zhang",
                    "first_time_fix": True,
                }
            ],
        )
        self.assertTrue(case.repair_ids.customer_signature)
        self.assertEqual(len(case.repair_ids.old_part_ids), 2)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), before - 2)

    def test_the_inspector_decides_on_a_box(self):
        self._register_card()
        repair = self._repair(self._dispatch(self._take_call()))
        self._send_old_parts(repair)
        self._walk("aftersales_inspector_decides", self.user_inspector)
        self.assertRecordValues(
            repair.old_part_ids,
            [
                {
                    "state": "inspected",
                    "cause": "manufacturing",
                    "responsibility": "company",
                    "disposition": "scrap",
                    "finding": "Shaft seal torn",
                }
            ]
            * 2,
        )

    def test_the_dealers_manager_checks_and_files_a_claim(self):
        claim = self._draft_claim()
        self._walk("aftersales_manager_files_a_claim", self.user_manager_a)
        self.assertRecordValues(
            claim, [{"state": "approved", "claimed": 656.25, "approved": 656.25}]
        )

    def test_the_dealers_manager_confirms_the_notice(self):
        self._draft_claim().with_user(self.user_manager_a).action_submit()
        settlement = self._settle()
        self._walk("aftersales_manager_confirms", self.user_manager_a)
        self.assertRecordValues(
            settlement,
            [{"state": "confirmed", "confirmed_by_id": self.user_manager_a.id}],
        )

    def test_the_accountant_offsets_it_against_the_oldest_invoices(self):
        self._draft_claim().with_user(self.user_manager_a).action_submit()
        settlement = self._settle()
        settlement.with_user(self.user_manager_a).action_confirm()
        self._walk("aftersales_accountant_offsets", self.user_accountant)
        self.assertEqual(settlement.state, "offset")
        self.assertEqual(settlement.sudo().move_id.amount_total, 741.56)
        self.assertEqual(self.invoice_old.amount_residual, 0.0)
        self.assertEqual(self.invoice_new.amount_residual, 953.44)

    def _draft_claim(self):
        """A claim whose old parts the inspector has seen."""
        self._register_card()
        repair = self._repair(self._dispatch(self._take_call()))
        self._send_old_parts(repair)
        self._inspect(repair.old_part_ids)
        repair.with_user(self.user_agent_a).action_create_claim()
        return repair.claim_ids
