from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command

from odoo.addons.aftersales_parts.tests.common import PartsCommon

NOON = "2026-07-10 04:00:00"  # noon in Shanghai
# The window of 30 complete days up to yesterday, as moments in UTC
FIRST_MOMENT = "2026-06-09 16:00:00"
TOO_EARLY = "2026-06-09 15:59:59"
LAST_MOMENT = "2026-07-09 15:59:59"
TOO_LATE = "2026-07-09 16:00:00"


def blank(groups):
    """The rows of ``_read_group`` with None where there is no figure.

    It gives False for no figure, and False equals 0 in Python.
    """
    return [
        tuple(None if value is False else value for value in group) for group in groups
    ]


class AnalysisCommon(PartsCommon):
    """Four dealers; it is noon in Shanghai, and 30 days are compared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.company.aftersales_analysis_days = 30
        cls.dealer_c = cls._create_dealer("C01", "Western Machinery")
        cls.dealer_d = cls._create_dealer("D01", "Eastern Machinery")
        cls.dealers = cls.dealer_a | cls.dealer_b | cls.dealer_c | cls.dealer_d
        cls.customer_of = {cls.dealer_a: cls.customer_a, cls.dealer_b: cls.customer_b}
        cls.other_machine = cls.env["product.product"].create(
            {
                "name": "Tractor T1",
                "is_storable": True,
                "tracking": "serial",
                "categ_id": cls.category.id,
                "is_machine": True,
            }
        )

    @classmethod
    def _get_customer(cls, dealer):
        if dealer not in cls.customer_of:
            customer = cls._create_customer(dealer, f"Farmer of {dealer.code}")
            cls.customer_of[dealer] = customer
        return cls.customer_of[dealer]

    @classmethod
    def _get_technician(cls, dealer):
        staff = cls.env["aftersales.staff"]
        found = staff.search([("dealer_id", "=", dealer.id)], limit=1)
        return found or staff.create(
            {
                "partner_id": cls._create_customer(dealer, "Technician").id,
                "dealer_id": dealer.id,
                "role": "technician",
            }
        )

    @classmethod
    def _sell(cls, dealer, number, machine=None, **vals):
        """Machines with an active card."""
        machine = machine or cls.machine
        cards = cls.env["aftersales.warranty.card"]
        known = cards.search_count([])
        with freeze_time("2026-03-02 04:00:00"):
            return cards.create(
                [
                    {
                        "serial": f"{dealer.code}-{known + count}",
                        "product_id": machine.id,
                        "dealer_id": dealer.id,
                        "partner_id": cls._get_customer(dealer).id,
                        "sale_date": "2026-03-01",
                        "state": "active",
                        **vals,
                    }
                    for count in range(number)
                ]
            )

    @classmethod
    def _stock_up(cls, dealer, quantity, part=None):
        """Pieces on the dealer's shelf that no movement tells of."""
        cls.env["stock.quant"]._update_available_quantity(
            part or cls.pump, dealer.location_id, quantity
        )

    @classmethod
    def _use(cls, card, parts, moment="2026-07-01 04:00:00", dealer=None, **vals):
        """A repair of the card's machine, finished at ``moment``.

        :param dict parts: product to quantity
        """
        dealer = dealer or card.dealer_id
        with freeze_time(moment):
            ticket = cls.env["helpdesk.ticket"].create(
                {
                    "name": "It stopped",
                    "description": "<p>It stopped.</p>",
                    "case_type_id": cls.type_repair.id,
                    "dealer_id": dealer.id,
                    "partner_id": card.partner_id.id,
                    "lot_id": card.lot_id.id,
                }
            )
            repair = ticket._create_repair()
            repair.write(
                {
                    "staff_id": cls._get_technician(dealer).id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": part.id,
                                "product_uom_qty": quantity,
                                "repair_line_type": "add",
                            }
                        )
                        for part, quantity in parts.items()
                    ],
                    **vals,
                }
            )
            cls._finish(repair)
        cls.env.flush_all()
        return repair

    def _get_moment(self, text):
        return fields.Datetime.to_datetime(text)
