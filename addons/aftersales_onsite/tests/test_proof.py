from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW, SIGNATURE

from .common import OnsiteCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestProof(OnsiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._visit()
        cls.repair.write(cls._prepare_work_vals())

    def assert_refused(self, sentence):
        with self.assertRaisesRegex(UserError, sentence):
            self.repair.action_finish()
        self.assertEqual(self.repair.state, "draft")
        self.assertEqual(self.repair.move_ids.state, "draft")
        self.assertFalse(self.repair.ticket_id.resolved_at)

    def test_checks_and_photos_are_laid_out_with_the_repair(self):
        self.assertEqual(
            self.repair.answer_ids.mapped("name"), ["Identity shown", "Cleaned"]
        )
        self.assertEqual(self.repair.photo_ids.mapped("name"), ["Plate", "Bill"])
        self.assertEqual(
            (self.repair.open_check_count, self.repair.open_photo_count), (1, 1)
        )

    def test_finishing_asks_for_check_then_photo_and_then_succeeds(self):
        self.assert_refused("answer the checks: Identity shown.$")
        self.repair.answer_ids[0].action_yes()
        self.assert_refused("take the photos: Plate.$")
        self.repair.photo_ids[0].image = SIGNATURE
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")
        self.assertEqual(self.repair.dispatch_id.state, "done")
        self.assertRecordValues(
            self.repair.answer_ids[0],
            [
                {
                    "answer": "yes",
                    "answered_at": datetime(2026, 6, 15, 8),
                    "answered_by_id": self.user_tech_a.id,
                }
            ],
        )
        self.assertRecordValues(
            self.repair.photo_ids[0],
            [
                {
                    "has_image": True,
                    "taken_at": datetime(2026, 6, 15, 8),
                    "taken_by_id": self.user_tech_a.id,
                }
            ],
        )

    def test_no_needs_a_reason(self):
        self._prove(self.repair)
        action = self.repair.answer_ids[0].action_no()
        self.assertEqual(action["res_id"], self.repair.answer_ids[0].id)
        self.assert_refused("why the answer is No: Identity shown.$")
        self.repair.answer_ids[0].remark = "Card left in the car"
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")

    def test_not_applicable_is_an_answer(self):
        self._prove(self.repair)
        self.repair.answer_ids[0].action_na()
        self.repair.action_finish()
        self.assertEqual(self.repair.answer_ids[0].answer, "na")

    def test_photo_taken_away_is_missing_again(self):
        self._prove(self.repair)
        self.repair.photo_ids[0].image = False
        self.assertFalse(self.repair.photo_ids[0].taken_at)
        self.assert_refused("take the photos: Plate.$")

    def test_deleted_row_is_still_missing(self):
        self._prove(self.repair)
        self.repair.photo_ids.unlink()
        self.assert_refused("take the photos: Plate.$")
        self.repair.action_onsite()
        self.assertEqual(self.repair.photo_ids.mapped("name"), ["Plate", "Bill"])

    def test_check_added_by_the_company_meanwhile_is_asked_too(self):
        self._prove(self.repair)
        self._create_check("Uniform")
        self.assert_refused("answer the checks: Uniform.$")
        self.repair.action_onsite()
        self.repair.answer_ids.filtered(lambda a: a.name == "Uniform").action_yes()
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")

    def test_visit_without_check_in_is_refused(self):
        self._prove(self.repair)
        # as if he had only pressed “Arrived”
        self.repair.dispatch_id.sudo().stamp_ids.unlink()
        self.assert_refused(f"check in on job {self.repair.dispatch_id.name} first")

    def test_part_line_without_quantity_is_refused(self):
        self._prove(self.repair)
        self.repair.move_ids.product_uom_qty = 0
        self.repair.customer_signature = SIGNATURE
        self.assert_refused("enter a quantity for Fuel pump, or remove the line")

    def test_shipped_types_with_a_visit_demand_proof(self):
        for name in ("repair", "installation", "inspection", "incident"):
            shipped = self.env.ref(f"aftersales_service.case_type_{name}")
            with self.subTest(name=name):
                self.assertTrue(shipped.demands_proof)

    def test_where_no_proof_is_demanded_nothing_is_missing(self):
        self.type_repair.demands_proof = False
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")

    def test_lists_hold_for_their_case_types_and_products_only(self):
        other = self.env["product.category"].create({"name": "Mowers"})
        above = self.env["product.category"].create({"name": "Machines"})
        self.category.parent_id = above
        for vals, names in (
            ({"category_ids": [(6, 0, other.ids)]}, []),
            ({"category_ids": [(6, 0, above.ids)]}, ["Plate"]),
            ({"case_type_ids": [(6, 0, self.type_question.ids)]}, []),
        ):
            self.kind_plate.write({"case_type_ids": [(5,)], "category_ids": [(5,)]})
            self.kind_plate.write(vals)
            wanted = self.repair._get_wanted_photos() - self.kind_bill
            self.assertEqual(wanted.mapped("name"), names)

    def test_stars_are_covered_by_the_signature(self):
        self.repair.customer_rating = "5"
        self.assertIn("Customer Rating", self.repair.signature_void_reason)
        self.assert_refused("let the customer sign")
        self.repair.write({"customer_rating": "2", "customer_signature": SIGNATURE})
        self._prove(self.repair)
        self.repair.action_finish()
        self.assertEqual(
            (self.repair.customer_rating, self.repair.sign_method), ("2", "signature")
        )

    def test_finished_visit_is_frozen(self):
        self._prove(self.repair)
        self.repair.action_finish()
        answer, photo = self.repair.answer_ids[0], self.repair.photo_ids[0]
        for verb in (
            answer.action_na,
            lambda: photo.write({"image": False}),
            photo.unlink,
            lambda: photo.create(
                {"repair_id": self.repair.id, "type_id": self.kind_bill.id}
            ),
            lambda: self.repair.write({"customer_rating": "5"}),
        ):
            with self.assertRaisesRegex(UserError, "can no longer be changed"):
                verb()
        self.assertEqual(answer.answer, "yes")
        self.assertTrue(photo.image)

    def test_only_answers_are_the_technicians(self):
        answer, photo = self.repair.answer_ids[0], self.repair.photo_ids[0]
        for record, vals in (
            (answer, {"answered_at": NOW}),
            (answer, {"item_id": self.check_cleaned.id}),
            (photo, {"taken_at": NOW}),
            (photo, {"taken_by_id": self.user_agent_a.id}),
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                record.write(vals)
        with self.assertRaises(AccessError):
            answer.unlink()

    def test_answered_check_keeps_its_wording(self):
        self.repair.answer_ids[0].action_yes()
        item = self.check_identity.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "“Identity shown” was answered already"):
            item.name = "Something else"
        self.check_cleaned.with_user(self.user_manager).name = "Tidy"
        self.assertEqual(self.repair.answer_ids.mapped("name")[1], "Tidy")
        self.assertEqual(item.name, "Identity shown")

    def test_shipped_lists_name_what_the_paper_names(self):
        visit = self.env.ref("aftersales_onsite.checklist_visit")
        self.assertEqual(len(visit.item_ids), 6)
        self.assertEqual(visit.item_ids.mapped("required"), [True] * 5 + [False])
        kinds = self.env["aftersales.photo.type"].with_context(active_test=False)
        codes = kinds.search([("code", "not like", "T-")]).mapped("code")
        self.assertEqual(
            codes,
            ["nameplate", "machine", "meter", "fault", "invoice", "manual", "other"],
        )
