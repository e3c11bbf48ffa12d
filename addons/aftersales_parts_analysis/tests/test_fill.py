from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_requisition.tests.common import RequisitionCommon

from .common import blank

ASKED = "2026-07-10 04:00:00"  # noon in Shanghai


@tagged("post_install", "-at_install")
class TestFill(RequisitionCommon):
    """Pumps asked for at noon of 10 July; in time is until the end of the 12th."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.company.aftersales_fill_days = 2

    def _ask(self, parts=None, moment=ASKED):
        with freeze_time(moment):
            requisition = self._create_requisition(parts)
            self._approve(requisition)
        return requisition.with_user(self.user_agent_a)

    def _give(self, requisition, moment, scan=None):
        with freeze_time(moment):
            if scan:
                requisition.scan = scan
                requisition.action_issue_scanned()
            else:
                requisition.action_issue_all()

    def _get_row(self, requisition, now, part=None):
        """The figures of a line as they are at ``now``; None is no figure yet."""
        self.env.flush_all()
        domain = [("requisition_id", "=", requisition.id)]
        domain += [("part_id", "=", (part or self.pump).id)]
        with freeze_time(now):
            groups = (
                self.env["aftersales.parts.fill"]
                .with_user(self.user_manager_a)
                ._read_group(
                    domain,
                    ["result"],
                    [
                        "first_rate:avg",
                        "day_rate:avg",
                        "term_rate:avg",
                        "wait_hours:avg",
                    ],
                )
            )
        [row] = blank(groups)
        return row

    def test_complete_at_once(self):
        requisition = self._ask()
        self._give(requisition, "2026-07-10 06:30:00")
        row = self._get_row(requisition, "2026-07-10 07:00:00")
        self.assertEqual(row, ("first", 100.0, 100.0, 100.0, 2.5))

    def test_day_ends_at_midnight_in_shanghai(self):
        for moment, rate in (
            ("2026-07-10 15:59:59", 100.0),
            ("2026-07-10 16:00:00", 0.0),
        ):
            with self.subTest(moment=moment):
                requisition = self._ask({self.pump: 1})
                self._give(requisition, moment)
                row = self._get_row(requisition, "2026-07-20 04:00:00")
                self.assertEqual(row[:4], ("first", 100.0, rate, 100.0))

    def test_term_ends_with_the_second_day(self):
        for moment, rate in (
            ("2026-07-12 15:59:59", 100.0),
            ("2026-07-12 16:00:00", 0.0),
        ):
            with self.subTest(moment=moment):
                requisition = self._ask({self.pump: 1})
                self._give(requisition, moment)
                row = self._get_row(requisition, "2026-07-20 04:00:00")
                self.assertEqual(row[:4], ("first", 100.0, 0.0, rate))

    def test_rest_that_comes_later(self):
        requisition = self._ask()
        self._give(requisition, "2026-07-10 05:00:00", scan="2*690001")
        row = self._get_row(requisition, "2026-07-10 06:00:00")
        self.assertEqual(row, ("part", 0.0, None, None, None))
        self._give(requisition, "2026-07-11 04:00:00")
        row = self._get_row(requisition, "2026-07-11 05:00:00")
        self.assertEqual(row, ("later", 0.0, 0.0, 100.0, 24.0))

    def test_line_left_out_at_first_issue_was_not_filled_by_it(self):
        self._receive(self._get_oil(), 2)
        requisition = self._ask({self.pump: 1, self.oil: 1})
        self._give(requisition, "2026-07-10 05:00:00", scan="690001")
        self._give(requisition, "2026-07-10 06:00:00")
        now = "2026-07-10 07:00:00"
        self.assertEqual(
            self._get_row(requisition, now), ("first", 100.0, 100.0, 100.0, 1.0)
        )
        self.assertEqual(
            self._get_row(requisition, now, self.oil),
            ("later", 0.0, 100.0, 100.0, 2.0),
        )

    def _get_oil(self):
        self._put_into_stock(self.oil, 5)
        return self.oil

    def test_lots_of_one_issue_count_together(self):
        """Two lots of a part are two entries of one handing over."""
        valve = self._create_part("Valve", 10.0, self.class_main, tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": valve.id} for name in ("L1", "L2")]
        )
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(
                valve, self.place_a, 1, lot_id=lot
            )
        requisition = self._ask({valve: 2})
        self._give(requisition, "2026-07-10 05:00:00", scan="L1 L2")
        row = self._get_row(requisition, "2026-07-10 07:00:00", valve)
        self.assertEqual(row[:2], ("first", 100.0))

    def test_nothing_issued_has_no_figure_before_its_time_is_over(self):
        requisition = self._ask()
        for now, figures in (
            ("2026-07-10 15:59:59", (None, None, None)),
            ("2026-07-10 16:00:00", (None, 0.0, None)),
            ("2026-07-12 15:59:59", (None, 0.0, None)),
            ("2026-07-12 16:00:00", (0.0, 0.0, 0.0)),
        ):
            with self.subTest(now=now):
                row = self._get_row(requisition, now)
                self.assertEqual(row, ("none", *figures, None))

    def test_pieces_that_came_back_had_been_there(self):
        requisition = self._ask()
        self._give(requisition, "2026-07-10 05:00:00")
        with freeze_time("2026-07-10 06:00:00"):
            self.repair.move_ids.unlink()
            self._return(requisition)
        row = self._get_row(requisition, "2026-07-10 07:00:00")
        self.assertEqual(row, ("first", 100.0, 100.0, 100.0, 1.0))

    def test_drafts_and_cancelled_ones_were_not_asked_for(self):
        draft = self._create_requisition()
        cancelled = self._ask({self.pump: 1})
        cancelled.action_cancel()
        self.env.flush_all()
        rows = self.env["aftersales.parts.fill"].search(
            [("requisition_id", "in", (draft | cancelled).ids)]
        )
        self.assertFalse(rows)

    def test_rate_of_a_month_is_that_of_its_decided_lines(self):
        """Three lines: one at once, one later, one still open."""
        self._give(self._ask({self.pump: 1}), "2026-07-10 05:00:00")
        later = self._ask({self.pump: 2})
        self._give(later, "2026-07-10 05:00:00", scan="690001")
        self._ask({self.pump: 1})
        self.env.flush_all()
        with freeze_time("2026-07-10 07:00:00"):
            [(dealer, month, lines, rate)] = (
                self.env["aftersales.parts.fill"]
                .with_user(self.user_keeper)
                ._read_group(
                    [("dealer_id", "=", self.dealer_a.id)],
                    ["dealer_id", "asked_on:month"],
                    ["line_count:sum", "first_rate:avg"],
                )
            )
        self.assertEqual(
            (dealer, month.month, lines, rate), (self.dealer_a, 7, 3, 50.0)
        )

    def test_row_opens_its_requisition(self):
        requisition = self._ask({self.pump: 1})
        self.env.flush_all()
        row = (
            self.env["aftersales.parts.fill"]
            .with_user(self.user_agent_a)
            .search([("requisition_id", "=", requisition.id)])
        )
        self.assertEqual(row.action_open_requisition()["res_id"], requisition.id)
