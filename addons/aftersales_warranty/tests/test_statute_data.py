from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestStatuteData(TransactionCase):
    def _ref(self, name):
        return self.env.ref(f"aftersales_warranty.{name}")

    def test_periods_are_those_of_the_statutes(self):
        for kind, machine, main in (
            ("farm_tractor_large", 12, 24),
            ("farm_tractor_small", 9, 18),
            ("farm_combine", 12, 24),
            ("farm_other", 12, 0),
            ("appliance_tv_colour", 12, 36),
            ("appliance_aircon", 12, 36),
            ("appliance_bicycle", 12, 24),
            ("computer", 12, 24),
        ):
            with self.subTest(kind=kind):
                periods = self._ref(f"kind_{kind}").period_ids
                months = {p.part_class_id.code: p.months for p in periods}
                self.assertEqual(months["MACHINE"], machine)
                self.assertEqual(months.get("MAIN", 0), main)
                self.assertTrue(all(periods.mapped("verified")))

    def test_car_has_two_tracks(self):
        periods = self._ref("kind_car").period_ids
        self.assertEqual(
            {(p.track, p.months, p.usage_limit, p.usage_unit) for p in periods},
            {("repair", 36, 60000.0, "km"), ("remedy", 24, 50000.0, "km")},
        )

    def test_depreciation_rates(self):
        for kind, rate in (
            ("appliance_tv_colour", 0.1),
            ("appliance_fridge", 0.05),
            ("appliance_phone", 0.5),
            ("computer", 0.25),
        ):
            self.assertEqual(self._ref(f"kind_{kind}").depreciation_rate, rate)

    def test_numbers_keep_their_unit_and_sense(self):
        for code, days, unit, sense in (
            ("ag_11", 30, "working", "over"),
            ("ag_19", 10, "working", "within"),
            ("ha_01", 7, "calendar", "within"),
            ("ha_04", 90, "calendar", "over"),
            ("ca_03", 60, "calendar", "within"),
            ("ca_10_days", 30, "calendar", "over"),
            ("ca_16_done", 20, "working", "within"),
        ):
            remedy = self._ref(f"remedy_{code}")
            self.assertEqual(
                (remedy.days, remedy.days_unit, remedy.days_sense), (days, unit, sense)
            )

    def test_what_comes_from_memory_is_marked(self):
        remedies = self.env["aftersales.warranty.remedy"].search(
            [("source", "=", "memory")]
        )
        self.assertEqual(
            set(remedies.mapped("code")),
            {"AG-16", "AG-18", "AG-22", "PC-05", "PC-06-PARTS", "PC-06-REPAIRER"},
        )
        self.assertFalse(any(remedies.mapped("verified")))
        periods = self.env["aftersales.warranty.period"].search(
            [("source", "=", "memory")]
        )
        self.assertTrue(periods)
        self.assertFalse(any(periods.mapped("verified")))

    def test_every_remedy_has_a_source(self):
        remedies = self.env["aftersales.warranty.remedy"].search(
            [("statute_id.code", "in", ("AG", "HA", "MP", "PC", "CA"))]
        )
        self.assertGreaterEqual(len(remedies), 65)
        self.assertFalse(remedies.filtered(lambda r: not r.source))
        self.assertTrue(
            all(
                r.days_unit and r.days_sense and r.days_anchor
                for r in remedies
                if r.days
            )
        )
