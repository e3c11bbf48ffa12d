from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.aftersales_service.tests.common import (
    NOW,
    SIGNATURE,
    ServiceCommon,
)

__all__ = ["NOW", "SIGNATURE", "ChargeCommon"]


class ChargeCommon(ServiceCommon):
    """An old machine out of cover, published prices, repairs and offers on demand.

    An hour costs 100.10, a kilometre 1.50, the pump 200.00, all before 13 % of tax.
    The case SN-0001 is covered (whole machine and main parts), SN-OLD is not.
    """

    # Tours need a clock that runs.
    clock_ticks = False

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW, tick=cls.clock_ticks))
        super().setUpClass()
        cls.type_repair.demands_quotation = True
        cls.tax = cls._create_tax("VAT 13 %", "tax_excluded")
        cls.rates = cls.env["aftersales.charge.rate"]
        for kind in ("labour", "travel", "night", "other"):
            cls.rates._get_service_product(kind).taxes_id = cls.tax
        (cls.part | cls.wear_part).taxes_id = cls.tax
        cls.part.list_price = 200.0
        cls.wear_part.list_price = 30.0
        cls.rate_labour = cls._create_rate("labour", 100.10)
        cls.rate_travel = cls._create_rate("travel", 1.50)
        cls.rate_night = cls._create_rate("night", 50.0)
        cls.customer_a.email = "zhang@example.com"
        cls.old_card = cls._create_active_card(
            "SN-OLD",
            cls.user_support,
            returned_on=date(2024, 1, 10),
            sale_date=date(2024, 1, 1),
        )
        cls.technician_own = cls._create_staff(cls.user_support, "technician")

    @classmethod
    def _create_tax(cls, name, included, amount=13.0):
        return cls.env["account.tax"].create(
            {
                "name": name,
                "amount": amount,
                "type_tax_use": "sale",
                "price_include_override": included,
            }
        )

    @classmethod
    def _create_rate(cls, kind, price, **vals):
        return cls.rates.create(
            {"kind": kind, "price": price, "date_from": date(2026, 1, 1), **vals}
        )

    @classmethod
    def _create_old_repair(cls, **vals):
        """The technician's record of the old machine: a pump, 2.5 hours, 40 km.

        200 + 250.25 + 60 = 510.25 before, 576.58 after tax; signed, not finished.
        """
        case = cls._create_case(cls.user_tech_a, serial="SN-OLD")
        case.action_create_repair()
        repair = case.repair_ids
        work = {
            "move_ids": [
                Command.create({"product_id": cls.part.id, "product_uom_qty": 1})
            ],
            "labour_ids": [Command.create({"operation_id": cls.operation.id})],
            "travel_km": 40.0,
            **vals,
        }
        repair.write(work)
        cls._sign(repair)
        return repair

    @classmethod
    def _create_own_repair(cls, **vals):
        """The same work by the company's own technician."""
        case = cls._create_case(cls.user_support, serial="SN-OLD", dealer_id=False)
        case.action_create_repair()
        repair = case.repair_ids
        cls.env["stock.quant"]._update_available_quantity(
            cls.part, repair.sudo().location_id, 10
        )
        repair.write(
            {
                "staff_id": cls.technician_own.id,
                "move_ids": [
                    Command.create({"product_id": cls.part.id, "product_uom_qty": 1})
                ],
                "labour_ids": [Command.create({"operation_id": cls.operation.id})],
                "travel_km": 40.0,
                **vals,
            }
        )
        cls._sign(repair)
        return repair

    @classmethod
    def _sign(cls, repair):
        repair.write({"customer_signature": SIGNATURE, "signed_by": "Zhang San"})

    @classmethod
    def _quote(cls, repair, user=None):
        """The draft that the button of the repair record makes."""
        repair = repair.with_user(user or cls.user_agent_a)
        action = repair.action_quote()
        return (
            cls.env["aftersales.quotation"]
            .with_user(user or cls.user_agent_a)
            .browse(action["res_id"])
        )

    @classmethod
    def _quote_accepted(cls, repair, user=None):
        quotation = cls._quote(repair, user)
        quotation.action_send()
        quotation._accept("phone", "Zhang San")
        return quotation

    @classmethod
    def _finish_charged(cls, repair=None, user=None):
        """A finished repair and its accepted quotation, both as ``user``."""
        repair = repair or cls._create_old_repair()
        quotation = cls._quote_accepted(repair, user)
        repair.action_finish()
        return repair, quotation

    @classmethod
    def _finish_own(cls):
        return cls._finish_charged(cls._create_own_repair(), cls.user_support)

    @classmethod
    def _create_delivery(cls, repair, user=None):
        """The draft delivery of a finished repair, ready but for the money."""
        user = user or cls.user_agent_a
        action = repair.with_user(user).action_deliver()
        delivery = (
            cls.env["aftersales.delivery"].with_user(user).browse(action["res_id"])
        )
        delivery.write(
            {
                "is_explained": True,
                "is_tested": True,
                "received_by": "Zhang San",
                "signature": SIGNATURE,
            }
        )
        return delivery
