from datetime import datetime

from odoo.tests import Form, freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDispatchViews(DispatchCommon):
    def _search(self, xmlid, user):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"aftersales_dispatch.{xmlid}"
        )
        records = self.env[action["res_model"]].with_user(user)
        return records.search(safe_eval(action["domain"], {"uid": user.id}))

    def test_my_day_is_today_and_tomorrow_of_the_technician(self):
        today, tomorrow = self._send_job(), self._send_job(day=16)
        self._send_job(day=17)
        self._send_job(self.bao)
        self._create_job(
            date_start=datetime(2026, 6, 15, 14), date_end=datetime(2026, 6, 15, 15)
        )
        day = "aftersales_dispatch_action_day"
        self.assertEqual(self._search(day, self.user_tech_a), tomorrow | today)
        self.assertFalse(self._search(day, self.user_agent_a))
        with freeze_time("2026-06-17 01:00:00"):
            # what was left open yesterday is still to be done
            found = self._search(day, self.user_tech_a)
            self.assertIn(today, found)
            self.assertEqual(len(found), 3)

    def test_done_job_stays_until_the_evening(self):
        job = self._send_job().with_user(self.user_tech_a)
        job.action_accept()
        job.action_arrive()
        job.action_finish()
        day = "aftersales_dispatch_action_day"
        self.assertEqual(self._search(day, self.user_tech_a), job)
        with freeze_time("2026-06-16 01:00:00"):
            self.assertFalse(self._search(day, self.user_tech_a))

    def test_cases_that_wait_for_a_technician(self):
        waiting, drafted, sent = (self._create_case() for _number in range(3))
        self._create_case(case_type_id=self.type_question.id)
        self._create_job(drafted)
        self._send_job(case=sent)
        found = self._search("helpdesk_ticket_action_to_dispatch", self.user_agent_a)
        self.assertEqual(found, waiting | drafted)
        sent.dispatch_ids.action_cancel()
        found = self._search("helpdesk_ticket_action_to_dispatch", self.user_agent_a)
        self.assertIn(sent, found)

    def test_board_shows_who_has_nothing_to_do(self):
        job = self._send_job()
        jobs = self.env["aftersales.dispatch"].with_user(self.user_agent_a)
        groups = jobs.with_context(
            dispatch_board=True, read_group_expand=True
        ).web_read_group([("id", "=", job.id)], ["staff_id"], [])["groups"]
        names = {group["staff_id"][1]: group["__count"] for group in groups}
        self.assertEqual(names, {"Tech A": 1, "Bao": 0})

    def test_agent_writes_the_order_in_the_form(self):
        tool = self.env["aftersales.tool"].create({"name": "Tester"})
        jobs = self.env["aftersales.dispatch"].with_user(self.user_agent_a)
        case = self._create_case()
        with Form(jobs.with_context(default_ticket_id=case.id)) as form:
            form.staff_id = self.bao
            form.date_start = "2026-06-15 10:00:00"
            form.date_end = "2026-06-15 12:00:00"
            form.tool_ids.add(tool)
            with form.part_ids.new() as line:
                line.product_id = self.part
                line.quantity = 2
        job = form.record
        self.assertEqual(job.part_ids.dealer_id, self.dealer_a)
        job.action_send()
        self.assertEqual(job.state, "sent")

    def test_every_screen_opens_for_every_role(self):
        for user in (self.user_agent_a, self.user_tech_a, self.user_support):
            for model, kinds in (
                ("aftersales.dispatch", ("list", "kanban", "form", "calendar")),
                ("aftersales.staff.absence", ("list", "form", "calendar", "search")),
                ("aftersales.staff", ("list", "form")),
                ("helpdesk.ticket", ("list", "form")),
                ("aftersales.dispatch.suggestion", ("form",)),
                ("aftersales.dispatch.criterion", ("list", "search")),
                ("aftersales.skill.need", ("list", "search")),
                ("aftersales.tool", ("list", "search")),
            ):
                for kind in kinds:
                    with self.subTest(user=user.login, model=model, kind=kind):
                        view = self.env[model].with_user(user).get_view(None, kind)
                        self.assertTrue(view["arch"])
