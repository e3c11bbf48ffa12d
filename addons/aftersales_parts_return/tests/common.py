from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.aftersales_parts_stock.tests.common import DealerStockCommon

NOW = "2026-06-15 08:00:00"


class ReturnCommon(DealerStockCommon):
    """Dealer A has four pumps, paid 180.00 each with 13 % tax; they cost 100.00."""

    # Tours need a clock that runs.
    clock_ticks = False

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW, tick=cls.clock_ticks))
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "VAT 13 %",
                "amount": 13.0,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
            }
        )
        cls.pump.barcode = "690001"
        cls.env.company.aftersales_refit_rate = 60.0
        cls.quality = cls.env.ref("aftersales_parts_return.reason_quality")
        cls.dismantled = cls.env.ref("aftersales_parts_return.reason_dismantled")
        cls.unsaleable = cls.env.ref("aftersales_parts_return.reason_unsaleable")
        cls.invoice = cls._create_invoice(cls.pump, 4, 180.0, "2026-05-01")

    @classmethod
    def _create_invoice(cls, product, quantity, price, day, dealer=None, **vals):
        """A posted invoice of the company to the dealer."""
        dealer = dealer or cls.dealer_a
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": dealer.partner_id.id,
                "invoice_date": day,
                "invoice_date_due": day,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.set(cls.tax.ids)],
                            **vals,
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        return invoice

    @classmethod
    def _create_return(cls, *lines, user=None, **vals):
        """A draft of dealer A's agent with lines (product, pieces, reason, lot)."""
        papers = cls.env["aftersales.parts.return"].with_user(user or cls.user_agent_a)
        return papers.create(
            {
                "carrier": "Express",
                "waybill": "W-1",
                "line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": pieces,
                            "reason_id": reason.id,
                            "lot_id": lot.id if lot else False,
                        }
                    )
                    for product, pieces, reason, lot in lines
                ],
                **vals,
            }
        )

    @classmethod
    def _create_approved(cls, pieces=2, reason=None, **vals):
        reason = reason or cls.unsaleable
        paper = cls._create_return((cls.pump, pieces, reason, None), **vals)
        paper.action_submit()
        paper.with_user(cls.user_keeper).action_approve()
        return paper

    @classmethod
    def _create_received(cls, pieces=2, reason=None, came=None, **vals):
        paper = cls._create_approved(pieces, reason, **vals)
        paper.action_ship()
        keeper = paper.with_user(cls.user_keeper)
        keeper.scan = "\n".join(["690001"] * (pieces if came is None else came))
        keeper.action_receive()
        return paper.with_user(cls.user_inspector)

    @classmethod
    def _create_inspected(cls, pieces=2, reason=None, came=None, line=None, **vals):
        """An inspected return; ``line`` are the inspector's entries."""
        paper = cls._create_received(pieces, reason, came, **vals)
        paper.line_ids.write({"finding": "Seen", "disposition": "good", **(line or {})})
        paper.action_inspect()
        return paper.with_user(cls.user_accountant)

    @classmethod
    def _create_credited(cls, *args, **kwargs):
        paper = cls._create_inspected(*args, **kwargs)
        paper.action_credit()
        return paper

    @classmethod
    def _create_harvester(cls, serial="H1-0009"):
        """A machine with its serial number in the place of dealer A."""
        lot = cls.env["stock.lot"].create(
            {"name": serial, "product_id": cls.machine.id}
        )
        cls.machine.taxes_id = [Command.clear()]
        cls._put_into_stock(cls.machine, 1, lot)
        cls._receive(cls.machine, 1)
        return lot

    def _get_places(self, product=None):
        """Pieces with the dealer, on the way, and on the inspector's bench."""
        line = self.env["aftersales.parts.return.line"]
        places = (self.place_a, line._get_way(), line._get_bench())
        return [self._get_on_hand(product or self.pump, place) for place in places]
