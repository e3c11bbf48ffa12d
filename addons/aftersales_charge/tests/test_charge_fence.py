from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import ChargeCommon

PUBLISHED = "published prices and plans, the same for everybody"
MODELS = (
    "aftersales.quotation",
    "aftersales.quotation.line",
    "aftersales.delivery",
    "aftersales.delivery.line",
    "aftersales.service.reminder",
)
# The company's books and price lists.
CLOSED = (
    "account.move",
    "account.move.line",
    "account.tax",
    "product.pricelist",
    "product.pricelist.item",
)


@tagged("post_install", "-at_install")
class TestChargeFence(FenceChecks, ChargeCommon):
    """What a dealer quotes, is paid and hands over is his alone."""

    addon = "aftersales_charge"
    reference = {
        **FenceChecks.reference,
        "aftersales.charge.rate": PUBLISHED,
        "aftersales.service.plan": PUBLISHED,
        "aftersales.service.notice": PUBLISHED,
    }

    @classmethod
    def _create_fenced_rows(cls):
        cls.env["aftersales.service.plan"].create(
            {
                "name": "Harvesters",
                "category_ids": [(6, 0, cls.category.ids)],
                "months": 6,
            }
        )
        sides = {}
        for side in (cls.owner, cls.intruder):
            cls._create_charged(side)
            dealer = getattr(cls, f"dealer_{side}")
            cls.env.flush_all()
            sides[side] = {
                name: cls.env[name].sudo().search([("dealer_id", "=", dealer.id)])
                for name in MODELS
            }
        return {
            name: Fenced(
                sides[cls.owner][name].sudo(False),
                sides[cls.intruder][name].sudo(False),
            )
            for name in MODELS
        }

    @classmethod
    def _create_charged(cls, side):
        """A card, its reminder, a charged repair and its delivery, of one dealer."""
        dealer = getattr(cls, f"dealer_{side}")
        agent = getattr(cls, f"user_agent_{side}")
        cls._create_active_card(
            f"SN-F{side}",
            cls.user_support,
            dealer_id=dealer.id,
            partner_id=getattr(cls, f"customer_{side}").id,
        )
        case = cls._create_case(agent, serial=f"SN-F{side}")
        case.action_create_repair()
        repair = case.repair_ids
        staff = cls._create_staff(agent, "technician")
        repair.write(
            {
                "staff_id": staff.id,
                "labour_ids": [
                    (0, 0, {"operation_id": cls.operation.id, "covered": False})
                ],
            }
        )
        cls._sign(repair)
        repair, _quotation = cls._finish_charged(repair, agent)
        cls._create_delivery(repair, agent)

    def test_rows_exist_on_both_sides(self):
        for model, rows in self.fenced.items():
            with self.subTest(model=model):
                self.assertTrue(rows.foreign)
                self.assertTrue(rows.own)

    def test_dealers_manager_reaches_no_row_of_another_dealer(self):
        for model, rows in self.fenced.items():
            with self.subTest(model=model):
                self.assert_fenced(self.user_manager_a, model, rows)

    def test_dealers_agent_reaches_no_row_of_another_dealer(self):
        for model, rows in self.fenced.items():
            with self.subTest(model=model):
                self.assert_fenced(self.user_agent_a, model, rows)

    def test_dealer_acts_on_no_foreign_document(self):
        quotation = self.fenced["aftersales.quotation"].foreign
        delivery = self.fenced["aftersales.delivery"].foreign
        reminder = self.fenced["aftersales.service.reminder"].foreign
        for record, method, args in (
            (quotation, "action_new_version", ()),
            (quotation, "action_cancel", ("x",)),
            (quotation, "_accept", ("phone", "x")),
            (quotation, "_bill", ("x", "2026-06-15", 1.0)),
            (quotation, "action_paid", ()),
            (quotation.repair_id, "action_quote", ()),
            (quotation.repair_id, "action_deliver", ()),
            (delivery, "action_deliver", ()),
            (delivery, "action_allow", ("x",)),
            (reminder, "action_cancel", ()),
        ):
            foreign = record.with_user(self.user_manager_a)
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(foreign, method)(*args)
        self.assertEqual(quotation.state, "accepted")
        self.assertEqual(delivery.state, "draft")
        self.assertEqual(set(reminder.mapped("state")), {"planned"})

    def test_dealer_quotes_no_foreign_case(self):
        case = self.fenced["aftersales.quotation"].foreign.ticket_id
        quotations = self.env["aftersales.quotation"].with_user(self.user_agent_a)
        with self.assertRaises(AccessError):
            quotations.create({"ticket_id": case.id})
        self.assertEqual(len(case.quotation_ids), 1)

    def test_books_and_price_lists_are_closed(self):
        for user in self.intruders:
            for model in CLOSED:
                with self.subTest(model=model, user=user.login):
                    rows = self.env[model].with_user(user)
                    if rows.has_access("read"):
                        self.assertFalse(rows.search([], limit=1))

    def test_hidden_fields_of_quotations(self):
        own = self.fenced["aftersales.quotation"].own.with_user(self.user_manager_a)
        with self.assertRaises(AccessError):
            own.read(["move_id"])
        with self.assertRaises(AccessError):
            own.line_ids.read(["tax_ids"])

    def test_costs_of_these_models_are_hidden(self):
        self.assert_costs_hidden(self.user_agent_a)

    def test_all_models_of_this_addon_are_classified(self):
        ours = {
            name
            for name in self._get_open_models(self.user_agent_a)
            if name.startswith(
                (
                    "aftersales.charge",
                    "aftersales.quotation",
                    "aftersales.delivery",
                    "aftersales.service.plan",
                    "aftersales.service.notice",
                    "aftersales.service.reminder",
                )
            )
        }
        self.assertEqual(ours, set(MODELS) | (ours & set(self.reference)))

    def test_company_roles_read_and_change_nothing(self):
        for user in (self.user_quality, self.user_keeper, self.user_inspector):
            for model in MODELS[:4]:
                record = self.fenced[model].foreign.with_user(user)
                with self.subTest(user=user.login, model=model):
                    self.assertTrue(record.read(["create_date"]))
                    self.assertFalse(record.has_access("write"))
