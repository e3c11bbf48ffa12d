from odoo.tests import Form, freeze_time, tagged
from odoo.tools import SQL

from .common import NOW, SIGNATURE, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestServiceViews(ServiceCommon):
    """The screens as the lowest role uses them."""

    def test_agent_dispatches_from_the_case(self):
        case = self._create_case()
        action = case.action_dispatch()
        jobs = self.env["aftersales.dispatch"].with_user(self.user_agent_a)
        form = Form(jobs.with_context(**action["context"]))
        self.assertEqual(form.place, "Road 1")
        form.staff_id = self.technician_a
        form.date_start = "2026-06-15 10:00:00"
        form.date_end = "2026-06-15 12:00:00"
        job = form.save()
        job.action_send()
        self.assertEqual(case.dispatch_ids, job)
        self.assertEqual(job.state, "sent")

    def test_technician_fills_in_the_repair_record(self):
        repair = self._create_repair()
        view = "aftersales_service.repair_order_view_form_aftersales"
        with Form(repair.with_user(self.user_tech_a), view) as form:
            form.usage = 120
            form.cause_id = self.env.ref("aftersales_service.fault_c30")
            with form.move_ids.new() as line:
                line.product_id = self.part
                line.product_uom_qty = 1
                self.assertTrue(line.covered)
            with form.labour_ids.new() as line:
                line.operation_id = self.operation
                self.assertEqual(line.hours, 2.5)
            form.customer_signature = SIGNATURE
            form.signed_by = "Zhang San"
        repair.action_finish()
        self.assertEqual(repair.state, "done")
        self.assertEqual(repair.move_ids.product_id, self.part)

    def test_my_jobs_are_the_technicians_own(self):
        mine = self._create_job()
        mine.action_send()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_service.aftersales_dispatch_action_mine"
        )
        for user, expected in ((self.user_tech_a, mine), (self.user_agent_a, None)):
            domain = [("staff_id.user_id", "=", user.id), ("state", "!=", "draft")]
            self.assertIn("('staff_id.user_id', '=', uid)", action["domain"])
            found = self.env["aftersales.dispatch"].with_user(user).search(domain)
            self.assertEqual(found, expected or found.browse())

    def test_every_screen_opens_for_every_role(self):
        for user in (self.user_agent_a, self.user_support, self.user_quality):
            for model, kinds in (
                ("helpdesk.ticket", ("list", "kanban", "form", "search", "pivot")),
                ("aftersales.dispatch", ("list", "kanban", "form", "calendar")),
                ("repair.order", ("list", "kanban", "form", "search", "pivot")),
                ("aftersales.followup", ("list", "form", "search", "pivot")),
            ):
                views = [(False, kind) for kind in kinds]
                result = self.env[model].with_user(user).get_views(views)
                self.assertEqual(set(result["views"]), set(kinds))

    def test_pages_of_the_case_list_are_read_from_an_index(self):
        cases = self.env["helpdesk.ticket"]
        # few rows here: without this the planner would sort them at once
        self.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        for domain, index in (
            ([("closed", "=", False)], "helpdesk_ticket_open_order_idx"),
            ([], "_order_idx"),
        ):
            query = cases._search(domain, order=cases._order, limit=80)
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(row for (row,) in rows)
            with self.subTest(domain=domain):
                self.assertIn(index, plan)
                self.assertNotIn("Sort", plan)
