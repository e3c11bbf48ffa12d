from .common import AnalysisCommon


class OutlierCommon(AnalysisCommon):
    """A has 4 harvesters; B, C and D have 10, 10 and 20 and used 10 pumps together.

    25 per 100 machines: 1 is expected of A, the limit is 1 + 3 × √1 = 4.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for dealer in cls.dealers:
            cls._stock_up(dealer, 100)
        cls.cards = {
            dealer: cls._sell(dealer, number)
            for dealer, number in zip(cls.dealers, (4, 10, 10, 20), strict=True)
        }
        for dealer, pieces in ((cls.dealer_b, 4), (cls.dealer_c, 6)):
            cls._use(cls.cards[dealer][0], {cls.pump: pieces})
        cls.outliers = cls.env["aftersales.parts.outlier"]

    def _use_of_a(self, pieces, moment="2026-07-01 04:00:00", part=None):
        self._use(self.cards[self.dealer_a][0], {part or self.pump: pieces}, moment)

    def _look(self, user=None):
        self.outliers.with_user(user or self.user_quality).action_recompute()
        return self._get_rows()

    def _get_rows(self, kind="dealer"):
        return self.outliers.search(
            [("kind", "=", kind), ("dealer_id", "in", self.dealers.ids)], order="id"
        )
