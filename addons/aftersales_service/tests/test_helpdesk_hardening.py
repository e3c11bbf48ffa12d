from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ServiceCommon


@tagged("post_install", "-at_install")
class TestTicketClose(HttpCase, ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage_done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.user_customer = cls._create_portal("customer_x")
        cls.user_stranger = cls._create_portal("stranger_x")
        cls.case = cls._create_case(
            cls.user_support,
            serial=False,
            case_type_id=cls.type_question.id,
            partner_id=cls.user_customer.partner_id.id,
            dealer_id=cls.dealer_a.id,
        )

    @classmethod
    def _create_portal(cls, login):
        return new_test_user(cls.env, login=login, groups="base.group_portal")

    def _close(self, method="POST", **params):
        data = {"ticket_id": self.case.id, "stage_id": self.stage_done.id, **params}
        if method == "POST":
            return self.url_open("/ticket/close", data=data, allow_redirects=False)
        query = "&".join(f"{name}={value}" for name, value in data.items())
        return self.url_open(f"/ticket/close?{query}", allow_redirects=False)

    def test_customer_closes_his_own_case(self):
        self.authenticate("customer_x", "customer_x")
        self._close(csrf_token=http.Request.csrf_token(self))
        self.assertEqual(self.case.stage_id, self.stage_done)
        self.assertTrue(self.case.resolved_at)

    def test_link_closes_nothing(self):
        self.authenticate("customer_x", "customer_x")
        response = self._close("GET")
        self.assertIn(response.status_code, (404, 405))
        self.assertFalse(self.case.closed)

    def test_form_of_another_site_closes_nothing(self):
        self.authenticate("customer_x", "customer_x")
        response = self._close()
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.case.closed)

    def test_stranger_cannot_close_the_case(self):
        self.authenticate("stranger_x", "stranger_x")
        self._close(csrf_token=http.Request.csrf_token(self))
        self.assertFalse(self.case.closed)

    def test_other_dealer_cannot_close_the_case(self):
        self.authenticate("agent_b", "agent_b")
        self._close(csrf_token=http.Request.csrf_token(self))
        self.assertFalse(self.case.closed)

    def test_customer_cannot_choose_an_inner_stage(self):
        rejected = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected")
        self.authenticate("customer_x", "customer_x")
        response = self._close(
            csrf_token=http.Request.csrf_token(self), stage_id=rejected.id
        )
        self.assertIn("close_refused=1", response.headers["Location"])
        self.assertFalse(self.case.closed)

    def test_customer_cannot_close_while_a_job_is_open(self):
        job = self._create_job(self.case, self.user_support)
        self.authenticate("customer_x", "customer_x")
        response = self._close(csrf_token=http.Request.csrf_token(self))
        self.assertIn("close_refused=1", response.headers["Location"])
        self.assertFalse(self.case.closed)
        self.assertEqual(job.state, "draft")

    def test_customers_page_closes_by_form(self):
        self.authenticate("customer_x", "customer_x")
        page = self.url_open(f"/my/ticket/{self.case.id}").text
        self.assertIn(self.case.number, page)
        self.assertIn('action="/ticket/close"', page)
        self.assertIn('name="csrf_token"', page)
        self.assertNotIn('method="GET" action="/ticket/close"', page)

    def test_visitor_cannot_write_stages(self):
        public = self.env.ref("base.public_user")
        stages = self.env["helpdesk.ticket.stage"].with_user(public)
        self.assertTrue(stages.has_access("read"))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(stages.has_access(operation))
