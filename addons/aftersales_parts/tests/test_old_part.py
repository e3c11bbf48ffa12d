from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestOldPart(PartsCommon):
    """One tag per recovered piece, decided by the technical department."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._put_into_stock(cls.oil, 20)
        cls._receive(cls.pump, 5)
        cls._receive(cls.oil, 5)

    def _create_tags(self, quantity=2, serial="H1-0001"):
        repair = self._create_repair(serial, {self.pump: quantity})
        self._finish(repair)
        return repair.old_part_ids

    def _receive_tags(self, tags):
        tags.with_user(self.user_keeper).action_receive()
        return tags.with_user(self.user_inspector)

    def _decide(self, tags, **vals):
        decision = {
            "finding": "Shaft broken at the thread",
            "cause": "material",
            "responsibility": "supplier",
            "disposition": "supplier",
            **vals,
        }
        wizard = (
            self.env["aftersales.old.part.inspect"]
            .with_user(self.user_inspector)
            .with_context(default_old_part_ids=tags.ids)
            .create(decision)
        )
        wizard.action_apply()

    def test_finishing_tags_each_piece_of_a_covered_main_part(self):
        repair = self._create_repair(parts={self.pump: 2, self.oil: 1})
        self._finish(repair)
        self.assertRecordValues(
            repair.old_part_ids.sorted("piece"),
            [
                {
                    "piece": piece,
                    "product_id": self.pump.id,
                    "dealer_id": self.dealer_a.id,
                    "lot_id": repair.lot_id.id,
                    "state": "recovered",
                    "is_payable": False,
                }
                for piece in (1, 2)
            ],
        )
        self.assertEqual(repair.old_part_count, 2)
        self.assertRegex(repair.old_part_ids[0].name, r"^OP\d{8}$")

    def test_uncovered_part_gets_no_tag(self):
        repair = self._create_repair(parts={self.pump: 1})
        repair.move_ids.covered = False
        self._finish(repair)
        self.assertFalse(repair.old_part_ids)

    def test_product_may_differ_from_its_class(self):
        self.pump.old_part_required = False
        self.assertFalse(self._create_tags())

    def test_product_takes_the_class_of_its_category_over(self):
        part = self._create_part("Gasket", 1.0, self.env["aftersales.part.class"])
        self.assertFalse(part.old_part_required)
        self.parts_category.part_class_id = self.class_main
        self.assertTrue(part.old_part_required)

    def test_new_class_on_a_category_above_reaches_the_products_below(self):
        below = self.env["product.category"].create(
            {"name": "Pumps", "parent_id": self.parts_category.id}
        )
        part = self._create_part(
            "Gasket", 1.0, self.env["aftersales.part.class"], categ_id=below.id
        )
        self.parts_category.part_class_id = self.class_main
        self.assertTrue(part.old_part_required)

    def test_part_of_a_piece_counts_as_a_piece(self):
        hose = self._create_part("Hose", 2.0, self.class_main)
        self._put_into_stock(hose, 5)
        self._receive(hose, 5)
        repair = self._create_repair(parts={hose: 1.5})
        self._finish(repair)
        self.assertEqual(len(repair.old_part_ids), 2)

    def test_inspection_names_the_payer(self):
        tags = self._receive_tags(self._create_tags())
        self._decide(tags)
        self.assertRecordValues(
            tags,
            [
                {
                    "state": "inspected",
                    "cause": "material",
                    "responsibility": "supplier",
                    "disposition": "supplier",
                    "finding": "Shaft broken at the thread",
                    "inspected_by": self.user_inspector.id,
                    "is_payable": True,
                }
            ]
            * 2,
        )

    def test_dealers_and_customers_own_fault_is_not_payable(self):
        tags = self._receive_tags(self._create_tags(5))
        payable = {}
        for tag, who in zip(
            tags, ("company", "supplier", "dealer", "customer", "carrier"), strict=True
        ):
            self._decide(tag, responsibility=who, disposition="scrap")
            payable[who] = tag.is_payable
        self.assertEqual(
            payable,
            {
                "company": True,
                "supplier": True,
                "dealer": False,
                "customer": False,
                "carrier": False,
            },
        )

    def test_disputed_piece_is_not_payable_until_decided_again(self):
        tag = self._receive_tags(self._create_tags(1))
        self._decide(tag, responsibility="company", disposition="disputed")
        self.assertFalse(tag.is_payable)
        tag.with_user(self.user_agent_a)._answer("It broke by itself")
        self._decide(tag, responsibility="company", disposition="scrap")
        self.assertTrue(tag.is_payable)

    def test_decided_piece_is_not_decided_again(self):
        tag = self._receive_tags(self._create_tags(1))
        self._decide(tag, responsibility="dealer", disposition="scrap")
        with self.assertRaisesRegex(UserError, "was inspected already"):
            self._decide(tag, responsibility="company")
        self.assertEqual(tag.responsibility, "dealer")

    def test_piece_that_has_not_arrived_is_not_decided(self):
        tag = self._create_tags(1)
        with self.assertRaisesRegex(UserError, "is in state “Recovered”"):
            self._decide(tag)
        self.assertFalse(tag.responsibility)

    def test_only_the_inspector_decides(self):
        tag = self._receive_tags(self._create_tags(1))
        for user in (self.user_manager_a, self.user_keeper, self.user_support):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                tag.with_user(user)._inspect({"responsibility": "company"})
        for user in (self.user_manager_a, self.user_inspector):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                tag.with_user(user).write({"responsibility": "company"})
        self.assertFalse(tag.responsibility)

    def test_dealer_cannot_take_in_his_own_piece(self):
        tag = self._create_tags(1)
        with self.assertRaisesRegex(AccessError, "Your role may not do this"):
            tag.with_user(self.user_manager_a).action_receive()
        self.assertEqual(tag.state, "recovered")

    def test_dealer_cannot_report_damage_in_the_companys_name(self):
        tag = self._create_tags(1)
        with self.assertRaisesRegex(AccessError, "Damaged on Arrival"):
            tag.with_user(self.user_manager_a).is_damaged = True

    def test_other_dealer_does_not_see_the_tag(self):
        tag = self._create_tags(1)
        foreign = tag.with_user(self.user_agent_b)
        self.assertFalse(foreign.search([("id", "=", tag.id)]))
        with self.assertRaises(AccessError):
            foreign.read(["name"])

    def test_overdue_once_the_due_date_has_passed(self):
        with freeze_time("2026-05-04"):
            tag = self._create_tags(1)
            self.assertEqual(tag.recovered_on, date(2026, 5, 4))
            self.assertEqual(tag.due_date, date(2026, 6, 30))
        domain = [("id", "=", tag.id), ("is_overdue", "=", True)]
        tags = self.env["aftersales.old.part"].with_user(self.user_agent_a)
        with freeze_time("2026-06-30"):
            self.assertFalse(tags.search(domain))
            self.assertFalse(tag.is_overdue)
        tag.invalidate_recordset(["is_overdue"])
        with freeze_time("2026-07-01"):
            self.assertEqual(tags.search(domain).ids, tag.ids)
            self.assertTrue(tag.is_overdue)

    def test_labels_show_each_tag_with_its_barcode_on_one_document(self):
        tags = self._create_tags(3)
        html = (
            self.env["ir.actions.report"]
            .with_user(self.user_agent_a)
            ._render_qweb_html(
                "aftersales_parts.aftersales_old_part_label_report", tags.ids
            )[0]
            .decode()
        )
        for tag in tags:
            self.assertIn(tag.name, html)
        self.assertEqual(html.count("data:image/png;base64,"), 3)
        self.assertEqual(html.count('class="article'), 1)
