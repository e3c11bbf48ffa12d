from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import ChargeCommon


@tagged("post_install", "-at_install")
class TestServiceReminder(ChargeCommon):
    """The next service is planned, told once per lead time, and closed by its case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = (
            cls.env["aftersales.service.plan"]
            .with_user(cls.user_manager)
            .create(
                {
                    "name": "Harvesters",
                    "category_ids": [(6, 0, cls.category.ids)],
                    "months": 6,
                    "usage": 250.0,
                }
            )
        )
        cls.type_service = cls.env.ref("aftersales_charge.case_type_maintenance")
        cls.new_card = cls._create_active_card(
            "SN-NEW",
            cls.user_support,
            returned_on=date(2026, 6, 10),
            sale_date=date(2026, 6, 1),
        )
        cls.reminder = cls._get_reminder(cls.new_card)

    @classmethod
    def _get_reminder(cls, card, state="planned"):
        return (
            cls.env["aftersales.service.reminder"]
            .with_user(cls.user_agent_a)
            .search([("card_id", "=", card.id), ("state", "=", state)])
        )

    def _remind(self, moment):
        """Run the cron at a moment; returns the mails that it makes."""
        domain = [
            ("model", "=", "aftersales.service.reminder"),
            ("recipient_ids", "in", self.customer_a.ids),
        ]
        before = self.env["mail.mail"].search(domain)
        cron = self.env.ref("aftersales_charge.ir_cron_service_remind")
        with self.enter_registry_test_mode(), freeze_time(moment):
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.env["mail.mail"].search(domain) - before

    def test_confirmed_card_plans_the_first_service(self):
        self.assertRecordValues(
            self.reminder,
            [
                {
                    "state": "planned",
                    "plan_id": self.plan.id,
                    "due_date": date(2026, 12, 1),
                    "due_usage": 250.0,
                    "next_notice_date": date(2026, 11, 1),
                    "dealer_id": self.dealer_a.id,
                }
            ],
        )

    def test_machine_without_a_plan_gets_no_reminder(self):
        self.plan.active = False
        card = self._create_active_card(
            "SN-NOPLAN", self.user_support, returned_on=date(2026, 3, 10)
        )
        self.assertFalse(self._get_reminder(card))

    def test_nearest_category_wins(self):
        child = self.env["product.category"].create(
            {"name": "Small", "parent_id": self.category.id}
        )
        nearer = self.plan.copy(
            {"name": "Small", "category_ids": [(6, 0, child.ids)], "months": 3}
        )
        plans = self.env["aftersales.service.plan"]
        self.assertEqual(plans._get_for_products(self.machine)[self.machine], self.plan)
        self.machine.categ_id = child
        self.assertEqual(plans._get_for_products(self.machine)[self.machine], nearer)

    def test_customer_and_dealer_are_told_once_per_lead_time(self):
        self.assertFalse(self._remind("2026-10-31 08:00:00"))
        mail = self._remind("2026-11-01 08:00:00")
        self.assertEqual(mail.recipient_ids, self.customer_a)
        self.assertEqual(self.reminder.activity_ids.user_id, self.user_manager_a)
        self.assertRecordValues(
            self.reminder,
            [{"notified_days": 30, "next_notice_date": date(2026, 11, 24)}],
        )
        self.assertFalse(self._remind("2026-11-02 08:00:00"))
        self.assertEqual(len(self._remind("2026-11-24 08:00:00")), 1)
        self.assertFalse(self._remind("2026-12-05 08:00:00"))
        self.assertEqual(len(self.reminder.activity_ids), 1)

    def test_overtaken_lead_times_send_one_mail(self):
        self.assertEqual(len(self._remind("2026-11-28 08:00:00")), 1)
        self.assertFalse(self._remind("2026-11-29 08:00:00"))

    def test_customer_without_address_leaves_the_call_to_the_dealer(self):
        self.customer_a.email = False
        self.assertFalse(self._remind("2026-11-01 08:00:00"))
        self.assertEqual(self.reminder.activity_ids.user_id, self.user_manager_a)

    def test_void_card_is_not_reminded(self):
        self.new_card.with_user(self.user_manager).action_void("Stolen")
        self.assertFalse(self._remind("2026-11-01 08:00:00"))
        self.assertEqual(self.reminder.state, "cancelled")

    def test_reached_reading_makes_it_due_at_once(self):
        self.new_card._record_usage(249.0, date(2026, 6, 15))
        self.assertEqual(self.reminder.due_date, date(2026, 12, 1))
        self.new_card._record_usage(250.0, date(2026, 6, 15))
        self.assertEqual(self.reminder.due_date, date(2026, 6, 15))
        self.assertEqual(len(self._remind("2026-06-15 09:00:00")), 1)

    def test_case_of_the_plans_type_closes_it_and_plans_the_next(self):
        case = self._create_case(serial="SN-NEW", case_type_id=self.type_service.id)
        self.assertRecordValues(
            self.reminder,
            [
                {
                    "state": "done",
                    "ticket_id": case.id,
                    "done_on": date(2026, 6, 15),
                    "next_notice_date": False,
                }
            ],
        )
        self.assertEqual(self._get_reminder(self.new_card).due_date, date(2026, 12, 15))

    def test_other_case_leaves_it(self):
        self._create_case(serial="SN-NEW")
        self.assertEqual(self.reminder.state, "planned")

    def _deliver(self, case_type):
        case = self._create_case(serial="SN-NEW", case_type_id=case_type.id)
        with freeze_time("2026-07-01 08:00:00"):
            repair = self._create_repair(case)
            repair.write(self._prepare_work_vals())
            repair.action_finish()
            delivery = self._create_delivery(repair)
            delivery.action_deliver()
        return delivery

    def test_delivery_of_the_service_counts_from_its_day(self):
        delivery = self._deliver(self.type_service)
        self.assertEqual(delivery.next_service_date, date(2027, 1, 1))
        reminder = self._get_reminder(self.new_card)
        self.assertEqual(reminder.due_date, date(2027, 1, 1))

    def test_delivery_of_a_repair_keeps_the_plan(self):
        delivery = self._deliver(self.type_repair)
        self.assertEqual(delivery.next_service_date, date(2026, 12, 1))
        self.assertEqual(self.reminder.due_date, date(2026, 12, 1))

    def test_many_cards_are_planned_with_the_queries_of_one(self):
        reminders = self.env["aftersales.service.reminder"].sudo()
        cards = self.env["aftersales.warranty.card"].browse()
        for number in range(20):
            cards |= self._create_card(f"SN-B{number}")
        cards = cards.sudo()
        reminders._plan(cards[:1], date(2026, 6, 1))
        self.env.flush_all()
        counts = []
        for batch in (cards[1:2], cards[2:20]):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            reminders.with_context(tracking_disable=True)._plan(batch, date(2026, 6, 1))
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(len(reminders.search([("card_id", "in", cards.ids)])), 20)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_customer_declines(self):
        self.reminder.action_cancel()
        self.assertEqual(self.reminder.state, "cancelled")
        with self.assertRefused(UserError, "closed already"):
            self.reminder.action_cancel()

    def test_dates_are_not_typed(self):
        with self.assertRefused(AccessError, "follow from cards"):
            self.reminder.due_date = date(2027, 1, 1)
        with self.assertRaises(AccessError):
            self.env["aftersales.service.reminder"].with_user(self.user_agent_a).create(
                {"card_id": self.new_card.id, "plan_id": self.plan.id}
            )

    def test_plans_belong_to_the_manager(self):
        for user in (self.user_manager_a, self.user_support):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.plan.with_user(user).months = 1
        self.assertEqual(self.plan.months, 6)
