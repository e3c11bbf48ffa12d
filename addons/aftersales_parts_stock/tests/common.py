from odoo.addons.aftersales_parts.tests.common import PartsCommon


class DealerStockCommon(PartsCommon):
    """Four pumps with dealer A; a third dealer who has nothing to do with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive(cls.pump, 4)
        cls.dealer_c = cls._create_dealer("C01", "Western Machinery")
        cls.reason = cls.env.ref("aftersales_parts_stock.count_reason_lost")
