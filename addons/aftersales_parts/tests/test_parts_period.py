import io

from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, freeze_time, tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestPartsPeriod(PartsCommon):
    """Dealer A: five pumps in May, three more and two used in June, one in July."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for moment, received, used in (
            ("2026-05-10 08:00:00", 5, 0),
            ("2026-06-05 08:00:00", 3, 2),
            ("2026-07-02 08:00:00", 0, 1),
        ):
            with freeze_time(moment):
                if received:
                    cls._receive(cls.pump, received)
                if used:
                    serial = f"H1-{moment[5:7]}"
                    cls._finish(cls._create_repair(serial, {cls.pump: used}))
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time("2026-07-03 08:00:00"))

    def _create_period(self, user=None, **vals):
        return (
            self.env["aftersales.parts.period"]
            .with_user(user or self.user_manager_a)
            .create({"date_from": "2026-06-01", "date_to": "2026-06-30", **vals})
        )

    def _get_line(self, period, place=None):
        return period.line_ids.filtered(
            lambda line: (
                line.product_id == self.pump
                and line.location_id.id == (place or self.place_a).id
            )
        )

    def test_opening_in_out_closing_and_the_stock_of_today(self):
        period = self._create_period()
        self.assertEqual(period.dealer_id, self.dealer_a)
        period.action_refresh()
        self.assertRecordValues(
            self._get_line(period),
            [
                {
                    "opening": 5,
                    "incoming": 3,
                    "outgoing": 2,
                    "closing": 6,
                    "later": -1,
                    "on_hand": 5,
                    "difference": 0,
                }
            ],
        )
        self.assertEqual(period.line_ids.location_id.ids, self.place_a.ids)

    def test_company_period_shows_all_places_and_agrees_with_the_stock(self):
        period = self._create_period(self.user_keeper)
        period.action_refresh()
        self.assertEqual(self._get_line(period).closing, 6)
        self.assertEqual(self._get_line(period, self.stock).on_hand, 2)
        ours = period.line_ids.filtered(lambda line: line.product_id == self.pump)
        self.assertEqual(set(ours.mapped("difference")), {0})

    def test_closed_figures_stay(self):
        period = self._create_period()
        period.action_close()
        self.assertRecordValues(
            period, [{"state": "closed", "closed_by": self.user_manager_a.id}]
        )
        with self.assertRaisesRegex(UserError, "is in state “Closed”"):
            period.action_refresh()
        with self.assertRaisesRegex(UserError, "stays on record"):
            period.unlink()
        with self.assertRaises(AccessError):
            period.line_ids.write({"opening": 1})
        self.assertEqual(self._get_line(period).closing, 6)

    def test_next_period_opens_with_what_the_last_one_closed(self):
        june = self._create_period()
        june.action_close()
        july = self._create_period(date_from="2026-07-01", date_to="2026-07-31")
        july.action_refresh()
        self.assertEqual(self._get_line(july).opening, self._get_line(june).closing)

    def test_waiting_delivery_keeps_it_open(self):
        with freeze_time("2026-06-20 08:00:00"):
            receipt = self._deliver(self.pump, 1)
        period = self._create_period()
        with self.assertRaisesRegex(UserError, f"wait to be received: {receipt.name}"):
            period.action_close()
        self.assertEqual(period.state, "open")
        receipt.with_user(self.user_agent_a).action_confirm()
        period.action_close()
        self.assertEqual(period.state, "closed")

    def test_not_before_it_is_over(self):
        period = self._create_period(date_to="2026-07-03")
        with self.assertRaisesRegex(UserError, "It ends on"):
            period.action_close()

    def test_difference_between_ledger_and_stock_is_shown_and_refused(self):
        self.env["stock.quant"]._update_available_quantity(self.pump, self.place_a, 2)
        period = self._create_period()
        period.action_refresh()
        self.assertEqual(self._get_line(period).difference, -2)
        self.assertEqual(period.difference_count, 1)
        with self.assertRaisesRegex(UserError, "Pump at .* differs .* by -2"):
            period.action_close()

    def _get_june_use(self):
        return self.env["stock.move.line"].search(
            [
                ("product_id", "=", self.pump.id),
                ("location_id", "=", self.place_a.id),
                ("date", ">=", "2026-06-01"),
                ("date", "<", "2026-07-01"),
            ]
        )

    def test_movement_of_a_closed_period_is_not_changed(self):
        piece = self._get_june_use()
        period = self._create_period()
        period.action_close()
        for vals in ({"date": "2026-07-02 08:00:00"}, {"quantity": 1}):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(UserError, "is closed: its movements stay"),
                self.env.cr.savepoint(),
            ):
                piece.write(vals)
        self.assertRecordValues(
            piece, [{"date": fields.Datetime.to_datetime("2026-06-05 08:00:00")}]
        )
        self.assertEqual(piece.quantity, 2)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 5)

    def test_no_movement_gets_into_a_closed_period_later(self):
        self._create_period().action_close()
        july = self.env["stock.move.line"].search(
            [
                ("location_id", "=", self.place_a.id),
                ("date", ">=", "2026-07-01"),
            ]
        )
        with (
            self.assertRaisesRegex(UserError, "is closed: its movements stay"),
            self.env.cr.savepoint(),
        ):
            july.date = "2026-06-30 08:00:00"
        july.date = "2026-07-01 08:00:00"
        self.assertEqual(july.date.day, 1)

    def test_closed_period_of_one_dealer_is_no_matter_of_the_other(self):
        self._create_period(self.user_manager_b).action_close()
        piece = self._get_june_use()
        piece.date = "2026-06-06 08:00:00"
        self.assertEqual(piece.date.day, 6)

    def test_company_period_closes_the_dealers_places_too(self):
        piece = self._get_june_use()
        self._create_period(self.user_keeper).action_close()
        with (
            self.assertRaisesRegex(UserError, "is closed: its movements stay"),
            self.env.cr.savepoint(),
        ):
            piece.date = "2026-07-02 08:00:00"
        self.assertEqual(piece.date.day, 5)

    def test_overlap_is_refused(self):
        self._create_period()
        with self.assertRaisesRegex(ValidationError, "overlaps"):
            self._create_period(date_from="2026-06-30", date_to="2026-07-31")
        self._create_period(self.user_manager_b)

    def test_figures_lead_to_the_movements(self):
        period = self._create_period()
        period.action_refresh()
        action = self._get_line(period).action_open_ledger()
        rows = self.env["aftersales.parts.ledger"].search(action["domain"])
        self.assertEqual(sorted(rows.mapped("quantity")), [-2, 3])

    def test_agents_take_no_figures(self):
        period = self._create_period()
        with self.assertRaises(AccessError):
            period.with_user(self.user_agent_a).action_close()
        self.assertEqual(period.state, "open")

    def test_print_shows_the_figures(self):
        period = self._create_period()
        period.action_refresh()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "aftersales_parts.report_parts_period", period.ids
        )
        self.assertIn("Pump", html.decode())
        self.assertIn(period.name, html.decode())


@tagged("post_install", "-at_install")
class TestPartsPeriodWorkbook(PartsCommon, HttpCase):
    """The download, with a clock that runs: sessions end by the clock."""

    def test_workbook_of_the_own_period_only(self):
        self._receive(self.pump, 3)
        today = fields.Date.today()
        period = (
            self.env["aftersales.parts.period"]
            .with_user(self.user_manager_a)
            .create({"date_from": today.replace(day=1), "date_to": today})
        )
        period.action_refresh()
        self.env.flush_all()
        url = period.action_export()["url"]
        self.authenticate(self.user_manager_a.login, self.user_manager_a.login)
        answer = self.url_open(url)
        rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
        self.assertEqual(rows[3][1], "Pump")
        self.assertEqual(rows[3][4:11], (0, 3, 0, 3, 0, 3, 0))
        self.authenticate(self.user_manager_b.login, self.user_manager_b.login)
        self.assertEqual(self.url_open(url).status_code, 404)
