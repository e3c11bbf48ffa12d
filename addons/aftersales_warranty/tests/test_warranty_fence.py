from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import WarrantyCommon

CHILDREN = (
    "aftersales.warranty.reading",
    "aftersales.warranty.stop",
    "aftersales.warranty.owner",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-30")
class TestWarrantyFence(WarrantyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-10"):
            cls.card = cls._create_active_card("F-1")
        cls.card._record_usage(10, date(2026, 4, 1), "manual")
        cls.card.with_user(cls.user_support)._stop_clock(
            date(2026, 4, 1), date(2026, 4, 2)
        )

    def test_dealer_finds_nothing_of_another(self):
        for model in ("aftersales.warranty.card", "stock.lot", *CHILDREN):
            for user in (self.user_agent_b, self.user_manager_b):
                with self.subTest(model=model, user=user.login):
                    records = self.env[model].with_user(user)
                    self.assertFalse(records.search([]))
                    self.assertEqual(records.search_count([]), 0)
                    self.assertFalse(records.name_search("F-1"))
                    groups = records._read_group([], [], ["__count"])
                    self.assertEqual(groups, [(0,)])

    def test_dealer_finds_his_own(self):
        for model in ("aftersales.warranty.card", "stock.lot", *CHILDREN):
            with self.subTest(model=model):
                records = self.env[model].with_user(self.user_agent_a)
                self.assertEqual(len(records.search([])), 1)

    def test_dealer_neither_reads_nor_changes_anothers_card(self):
        card = self.card.with_user(self.user_manager_b)
        for call in (
            lambda: card.read(["name"]),
            lambda: card.write({"note": "x"}),
            lambda: card.action_submit(),
            lambda: card.action_reissue(),
            lambda: card.unlink(),
            lambda: card._record_usage(20),
            lambda: card.lot_id.read(["name"]),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(self.card.usage, 10)

    def test_dealer_cannot_make_a_card_for_another(self):
        with self.assertRaises(AccessError):
            self._create_card("F-2", dealer_id=self.dealer_b.id)
        with self.assertRaises(AccessError):
            self._create_card("F-2", partner_id=self.customer_b.id)
        draft = self._create_card("F-3")
        with self.assertRaises(AccessError):
            draft.dealer_id = self.dealer_b

    def test_children_cannot_be_hung_on_anothers_card(self):
        for model, vals in (
            ("aftersales.warranty.reading", {"value": 20}),
            ("aftersales.warranty.stop", {"date_from": date(2026, 5, 1)}),
            (
                "aftersales.warranty.owner",
                {"partner_id": self.user_agent_b.partner_id.id},
            ),
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.user_agent_b).create(
                    {"card_id": self.card.id, **vals}
                )

    def test_customer_is_seen_through_the_card(self):
        farmer = self._create_customer(None, "Farmer of the Company")
        self.assertFalse(farmer.with_user(self.user_agent_a).has_access("read"))
        with freeze_time("2026-03-10"):
            self._create_card("F-4", self.user_support, partner_id=farmer.id)
        self.assertTrue(farmer.with_user(self.user_agent_a).has_access("read"))
        self.assertFalse(farmer.with_user(self.user_agent_b).has_access("read"))

    def test_dealer_changes_no_rules_of_the_game(self):
        user = self.user_manager_a
        for record in (
            self.policy,
            self.policy.term_ids[0],
            self.class_main,
            self.env.ref("aftersales_warranty.statute_farm"),
            self.env.ref("aftersales_warranty.remedy_ag_10"),
            self.env.ref("aftersales_warranty.kind_car"),
        ):
            with self.subTest(model=record._name):
                self.assertTrue(record.with_user(user).has_access("read"))
                for operation in ("write", "unlink", "create"):
                    self.assertFalse(record.with_user(user).has_access(operation))

    def test_dealer_writes_no_serial_records(self):
        lot = self.card.lot_id.with_user(self.user_manager_a)
        self.assertTrue(lot.has_access("read"))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(lot.has_access(operation))

    def test_only_the_company_gives_reasons_and_exchanges(self):
        for model in (
            "aftersales.warranty.card.reason",
            "aftersales.warranty.exchange",
        ):
            wizard = self.env[model].with_user(self.user_manager_a)
            self.assertFalse(wizard.has_access("create"))
