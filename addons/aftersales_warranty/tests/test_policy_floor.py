from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
class TestPolicyFloor(WarrantyCommon):
    def _create_policy(self, statute, kind, terms, **vals):
        classes = {"machine": self.class_machine, "main": self.class_main}
        return (
            self.env["aftersales.warranty.policy"]
            .with_user(self.user_manager)
            .create(
                {
                    "name": "Test",
                    "statute_id": self.env.ref(f"aftersales_warranty.{statute}").id,
                    "kind_id": self.env.ref(f"aftersales_warranty.{kind}").id,
                    "term_ids": [
                        (
                            0,
                            0,
                            {
                                "part_class_id": classes[name].id,
                                "months": months,
                                "usage_limit": limit,
                            },
                        )
                        for name, months, limit in terms
                    ],
                    **vals,
                }
            )
        )

    def test_farm_floor_may_be_met_and_beaten(self):
        for months in ((12, 24), (18, 36)):
            policy = self._create_policy(
                "statute_farm",
                "kind_farm_combine",
                [("machine", months[0], 0), ("main", months[1], 0)],
            )
            self.assertEqual(policy.industry, "farm")

    def test_undercut_names_clause_and_number(self):
        for terms, message in (
            (
                [("machine", 11, 0), ("main", 24, 0)],
                "Whole Machine: 11 months; annex 1",
            ),
            ([("machine", 12, 0), ("main", 23, 0)], r"Main Part: 23 months; .*AG-04"),
            # without a term of its own the main part follows the machine
            ([("machine", 12, 0)], "Main Part: 12 months; .* at least 24 months"),
            (
                [("machine", 12, 1500), ("main", 24, 0)],
                "a usage limit would end the cover early",
            ),
        ):
            with (
                self.subTest(terms=terms),
                self.assertRefused(ValidationError, message),
            ):
                self._create_policy("statute_farm", "kind_farm_combine", terms)

    def test_car_floor_has_kilometres_and_starts_with_delivery(self):
        car = {"start_event": "delivery", "usage_unit": "km"}
        self._create_policy("statute_car", "kind_car", [("machine", 36, 60000)], **car)
        for terms, vals, message in (
            ([("machine", 35, 60000)], car, "at least 36 months"),
            ([("machine", 36, 59999)], car, "at least 60000 Kilometres"),
            (
                [("machine", 36, 60000)],
                {**car, "usage_unit": "hour"},
                "at least 60000 Kilometres",
            ),
            (
                [("machine", 36, 60000)],
                {**car, "start_event": "invoice"},
                "starts with “Delivery”",
            ),
            (
                [("machine", 36, 60000)],
                {**car, "restart_on_exchange": False},
                "the period starts again",
            ),
        ):
            with (
                self.subTest(terms=terms, vals=vals),
                self.assertRefused(ValidationError, message),
            ):
                self._create_policy("statute_car", "kind_car", terms, **vals)

    def test_appliance_clock_stops(self):
        with self.assertRefused(ValidationError, "Clock Stops in Repair"):
            self._create_policy(
                "statute_appliance",
                "kind_appliance_aircon",
                [("machine", 12, 0), ("main", 36, 0)],
                stop_clock=False,
            )

    def test_unverified_floor_warns_and_does_not_refuse(self):
        policy = self._create_policy(
            "statute_farm",
            "kind_farm_transplanter",
            [("machine", 6, 0), ("main", 24, 0)],
        )
        self.assertIn("AG-05", policy.floor_warning)
        policy.term_ids[0].months = 12
        self.assertFalse(policy.floor_warning)

    def test_later_change_is_checked_too(self):
        policy = self._create_policy(
            "statute_farm", "kind_farm_combine", [("machine", 12, 0), ("main", 24, 0)]
        )
        main = policy.term_ids.filtered(lambda t: t.part_class_id == self.class_main)
        with self.assertRefused(ValidationError, "at least 24 months"):
            main.months = 12
        with self.assertRefused(ValidationError, "at least 24 months"):
            main.unlink()

    def test_exactly_one_term_for_the_machine(self):
        with self.assertRefused(ValidationError, "exactly one term"):
            self._create_policy("statute_farm", "kind_farm_other", [("main", 24, 0)])

    def test_kind_must_be_the_statutes(self):
        with self.assertRefused(ValidationError, "no kind of goods of the statute"):
            self._create_policy("statute_car", "kind_farm_other", [("machine", 36, 0)])

    def test_fill_from_statute_adds_the_missing_terms(self):
        policy = self._create_policy(
            "statute_farm", "kind_farm_other", [("machine", 24, 0)]
        )
        policy.kind_id = False
        policy.statute_id = self.env.ref("aftersales_warranty.statute_appliance")
        policy.term_ids[0].months = 36
        policy.kind_id = self.env.ref("aftersales_warranty.kind_appliance_aircon")
        policy.action_fill_from_statute()
        self.assertRecordValues(
            policy.term_ids.sorted("sequence"),
            [
                {"part_class_id": self.class_machine.id, "months": 36},
                {"part_class_id": self.class_main.id, "months": 36},
            ],
        )
