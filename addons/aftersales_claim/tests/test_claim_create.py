from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimCreate(ClaimCommon):
    def test_positions_come_from_the_repair_record(self):
        claim = self._create_claim(parts={self.pump: 2})
        self.assertRecordValues(
            claim.line_ids.sorted("sequence"),
            [
                {
                    "kind": "part",
                    "product_id": self.pump.id,
                    "quantity": 2,
                    "unit_price": 200.0,
                    "share": 100.0,
                    "claimed": 400.0,
                },
                {
                    "kind": "labour",
                    "product_id": False,
                    "quantity": 2.5,
                    "unit_price": 80.0,
                    "share": 100.0,
                    "claimed": 200.0,
                },
                {
                    "kind": "travel",
                    "product_id": False,
                    "quantity": 40.0,
                    "unit_price": 1.5,
                    "share": 100.0,
                    "claimed": 60.0,
                },
            ],
        )
        self.assertEqual(claim.claimed, 660.0)
        self.assertEqual(claim.state, "draft")
        self.assertEqual(claim.dealer_id, self.dealer_a)
        self.assertEqual(claim.repair_date.isoformat(), "2026-06-15")
        part = claim.line_ids.filtered(lambda line: line.kind == "part")
        self.assertEqual(part.sudo().move_id.product_id, self.pump)

    def test_each_position_is_rounded_to_the_cent(self):
        self.grade.travel_rate = 0.333
        claim = self._create_claim(travel=10.5, hours=1.01)
        claimed = {line.kind: line.claimed for line in claim.line_ids}
        # 10.5 × 0.33 (prices have two decimals) = 3.465, half up
        self.assertEqual(claimed, {"part": 200.0, "labour": 80.8, "travel": 3.47})
        self.assertEqual(claim.claimed, 284.27)

    def test_price_is_the_dealers_pricelist(self):
        self.env["res.config.settings"].create(
            {"group_product_pricelist": True}
        ).execute()
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Dealers",
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 12.5,
                            "applied_on": "3_global",
                        }
                    )
                ],
            }
        )
        self.dealer_a.partner_id.property_product_pricelist = pricelist
        claim = self._create_claim(hours=0, travel=0)
        self.assertEqual(claim.line_ids.unit_price, 175.0)
        self.assertEqual(claim.claimed, 175.0)

    def test_share_of_the_term_is_claimed(self):
        self.policy.term_ids.filtered(
            lambda term: term.part_class_id == self.class_main
        ).parts_share = 33.3
        claim = self._create_claim(hours=0, travel=0)
        self.assertEqual(claim.line_ids.share, 33.3)
        self.assertEqual(claim.claimed, 66.6)

    def test_position_not_covered_claims_nothing_and_says_why(self):
        belt = self._create_part("Belt", 10.0, self.class_wear)
        self._put_into_stock(belt, 5)
        self._receive(belt, 5)
        claim = self._create_claim(parts={self.pump: 1, belt: 1}, hours=0, travel=0)
        line = claim.line_ids.filtered(lambda line: line.product_id == belt)
        self.assertEqual(line.claimed, 0.0)
        self.assertFalse(line.is_covered)
        self.assertTrue(line.coverage_text)
        self.assertEqual(line.reason_text, line.coverage_text.replace("\n", "; "))
        self.assertEqual(claim.claimed, 200.0)

    def test_repair_is_claimed_once(self):
        claim = self._create_claim()
        with self.assertRaisesRegex(UserError, f"claimed already by {claim.name}"):
            claim.repair_id.action_create_claim()
        self.assertEqual(claim.repair_id.claim_ids, claim)

    def test_database_refuses_a_second_claim_of_a_repair(self):
        claim = self._create_claim().sudo()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            claim.copy({"repair_id": claim.repair_id.id})

    def test_unfinished_repair_is_not_claimed(self):
        repair = self._create_repair(parts={self.pump: 1})
        with self.assertRaisesRegex(UserError, "is not finished"):
            repair.action_create_claim()
        self.assertFalse(repair.claim_ids)

    def test_imported_history_is_not_claimed(self):
        repair = self._create_finished()
        repair.sudo().is_history = True
        with self.assertRaisesRegex(UserError, "past repair that was imported"):
            repair.action_create_claim()
        self.assertFalse(repair.claim_ids)

    def test_suspended_dealer_opens_no_claim(self):
        repair = self._create_finished()
        self.dealer_a.with_user(self.user_manager).sudo().state = "suspended"
        with self.assertRaisesRegex(UserError, "cannot open new work"):
            repair.action_create_claim()
        self.assertFalse(repair.claim_ids)

    def test_many_repairs_at_once(self):
        repairs = self._create_finished("H1-0001") | self._create_finished("H1-0002")
        action = repairs.with_user(self.user_agent_a).action_create_claim()
        claims = self.env["aftersales.claim"].search(action["domain"])
        self.assertEqual(claims.repair_id, repairs)
        self.assertEqual(claims.mapped("claimed"), [460.0, 460.0])

    def test_one_bad_repair_stops_the_batch(self):
        good = self._create_finished("H1-0001")
        bad = self._create_repair("H1-0002", {self.pump: 1})
        with self.assertRaisesRegex(UserError, "is not finished"):
            (good | bad).with_user(self.user_agent_a).action_create_claim()
        self.assertFalse((good | bad).claim_ids)

    def test_finished_repairs_wait_in_the_list_to_claim(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_claim.repair_order_action_to_claim"
        )
        repair = self._create_finished()
        self._create_repair("H1-0002", {self.pump: 1})
        claimed = self._create_claim("H1-0003").repair_id
        found = (
            self.env["repair.order"]
            .with_user(self.user_agent_a)
            .search([("can_create_claim", "=", True)])
        )
        self.assertIn("can_create_claim", action["domain"])
        self.assertIn(repair, found)
        self.assertNotIn(claimed, found)

    def test_dealer_adds_freight_while_it_is_a_draft(self):
        claim = self._create_claim()
        claim.line_ids = [
            Command.create({"name": "Waybill 1", "kind": "freight", "unit_price": 25.5})
        ]
        self.assertEqual(claim.claimed, 485.5)
        self._submit(claim)
        with self.assertRaisesRegex(UserError, "is filed"):
            claim.line_ids[-1].write({"unit_price": 99})
        self.assertEqual(claim.claimed, 485.5)

    def test_dealer_cannot_invent_parts_or_amounts(self):
        claim = self._create_claim()
        line = claim.line_ids[0]
        for values in (
            {"approved": 1.0},
            {"claimed": 9999.0},
            {"quantity": 99},
            {"unit_price": 99},
            {"share": 100},
            {"verdict_share": 100},
            {"kind": "other"},
        ):
            with self.assertRaises(AccessError, msg=values):
                line.write(values)
        with self.assertRaises(AccessError):
            claim.line_ids = [
                Command.create({"name": "Pump", "kind": "part", "unit_price": 99})
            ]
        for values in (
            {"claimed": 9999.0},
            {"approved": 9999.0},
            {"state": "approved"},
            {"repair_id": claim.repair_id.id},
            {"settlement_id": 1},
        ):
            with self.assertRaises(AccessError, msg=values):
                claim.write(values)
        self.assertEqual(claim.claimed, 460.0)
        with self.assertRaisesRegex(UserError, "cannot be removed"):
            line.unlink()

    def test_dealer_cannot_create_a_claim_by_rpc(self):
        repair = self._create_finished()
        with self.assertRaises(AccessError):
            self.env["aftersales.claim"].with_user(self.user_manager_a).create(
                {
                    "repair_id": repair.id,
                    "claim_type_id": self.env["aftersales.claim.type"]
                    .search([], limit=1)
                    .id,
                    "repair_date": "2026-06-15",
                }
            )
        self.assertFalse(repair.claim_ids)

    def test_filed_claim_is_not_deleted(self):
        draft = self._create_claim()
        filed = self._submit(self._create_claim("H1-0002"))
        with self.assertRaisesRegex(UserError, "stays on record"):
            filed.unlink()
        self.assertTrue(filed.exists())
        repair = draft.repair_id
        draft.unlink()
        self.assertTrue(repair.can_create_claim)

    def test_type_with_own_shares_pays_what_the_card_does_not(self):
        belt = self._create_part("Belt", 10.0, self.class_wear)
        self._put_into_stock(belt, 5)
        self._receive(belt, 5)
        claim = self._create_claim(parts={belt: 1}, hours=0, travel=0)
        self.assertEqual(claim.claimed, 0.0)
        goodwill = self.env.ref("aftersales_claim.aftersales_claim_type_goodwill")
        goodwill.parts_share = 60.0
        claim.claim_type_id = goodwill
        self.assertEqual(claim.claimed, 12.0)
        goodwill.parts_share = 10.0
        self.assertEqual(claim.claimed, 12.0)

    def test_refresh_follows_the_record_and_keeps_freight(self):
        claim = self._create_claim()
        claim.line_ids = [Command.create({"name": "Waybill", "unit_price": 10})]
        self.grade.labour_rate = 100.0
        claim.action_refresh()
        claimed = {line.kind: line.claimed for line in claim.line_ids}
        self.assertEqual(
            claimed, {"part": 200.0, "labour": 250.0, "travel": 60.0, "freight": 10.0}
        )
