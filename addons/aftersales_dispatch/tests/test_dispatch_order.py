from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDispatchOrder(DispatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tool = cls.env["aftersales.tool"].create({"name": "Compression tester"})
        cls.job = cls._create_job(
            tool_ids=[Command.set(cls.tool.ids)],
            part_ids=[Command.create({"product_id": cls.part.id, "quantity": 2})],
            parts_wanted="Ladder",
            place="Field 7",
        )

    def test_order_tells_what_to_bring(self):
        self.assertEqual(
            self.job.bring_label, "Compression tester, 2 × Fuel pump, Ladder"
        )

    def test_printed_order_names_everything(self):
        self.job.action_send()
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.user_agent_a)
            ._render_qweb_html(
                "aftersales_dispatch.report_dispatch_order", self.job.ids
            )
        )
        text = html.decode()
        for piece in (
            self.job.name,
            self.job.ticket_id.number,
            "Tech A",
            "2026-06-15 10:00",
            "2026-06-15 12:00",
            "Farmer Zhang",
            "13900000001",
            "Field 7",
            "SN-0001",
            "The engine does not start",
            "Compression tester",
            "Fuel pump",
            "Ladder",
        ):
            self.assertIn(piece, text)

    def test_order_of_another_dealer_is_not_printed(self):
        reports = self.env["ir.actions.report"].with_user(self.user_agent_b)
        with self.assertRaises(AccessError):
            reports._render_qweb_html(
                "aftersales_dispatch.report_dispatch_order", self.job.ids
            )

    def test_parts_and_tools_of_a_sent_order_are_frozen(self):
        self.job.action_send()
        line = self.job.part_ids
        with self.assertRaisesRegex(UserError, "can no longer be edited"):
            self.job.tool_ids = [Command.clear()]
        for verb in (
            lambda: line.write({"quantity": 5}),
            line.unlink,
            lambda: line.copy(),
        ):
            refusal = self.assertRaisesRegex(UserError, "sent to the technician")
            with refusal, self.cr.savepoint():
                verb()
        self.assertEqual(self.job.part_ids.mapped("quantity"), [2.0])

    def test_parts_stay_with_their_order(self):
        self.job.action_send()
        other = self._create_job()
        line = self.env["aftersales.dispatch.part"].with_user(self.user_agent_a)
        line = line.create({"dispatch_id": other.id, "product_id": self.part.id})
        refusal = self.assertRaisesRegex(UserError, "sent to the technician")
        with refusal, self.cr.savepoint():
            line.dispatch_id = self.job
        self.assertEqual(line.dispatch_id, other)

    def test_no_part_is_no_part(self):
        line = self.job.part_ids
        refusal = self.assertRaisesRegex(CheckViolation, "quantity_positive")
        with mute_logger("odoo.sql_db"), refusal, self.cr.savepoint():
            line.quantity = 0
            self.env.flush_all()

    def test_day_and_time_in_the_users_zone(self):
        job = self.job.with_context(tz="Asia/Shanghai")
        self.assertEqual((job.day_label, job.time_label), ("Today", "18:00 – 20:00"))
        job = self._send_job(start=17, end=18).with_context(tz="Asia/Shanghai")
        self.assertEqual((job.day_label, job.time_label), ("Tomorrow", "01:00 – 02:00"))
