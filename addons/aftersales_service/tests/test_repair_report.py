from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, ServiceCommon

REPORT = "aftersales_service.report_repair_record_action"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRepairReport(ServiceCommon):
    def _render(self, repair, user):
        report = self.env["ir.actions.report"].with_user(user)
        html, _kind = report._render_qweb_html(REPORT, repair.ids)
        return html.decode()

    def test_paper_states_machine_parts_labour_and_signature(self):
        repair = self._create_repair(
            usage=120, travel_km=35, **self._prepare_work_vals()
        )
        repair.action_finish()
        paper = self._render(repair, self.user_tech_a)
        for text in (
            repair.name,
            repair.ticket_id.number,
            "SN-0001",
            "Farmer Zhang",
            "Fuel pump",
            "Replace fuel pump",
            "Zhang San",
            "data:image/png;base64",
            "35.0",
        ):
            self.assertIn(text, paper)

    def test_company_technician_is_named_on_a_dealers_paper(self):
        ours = self._create_staff(self.user_support, "technician")
        repair = self._create_repair(**self._prepare_work_vals())
        repair.with_user(self.user_support).staff_id = ours
        self.assertIn("Aftersales Support", self._render(repair, self.user_agent_a))

    def test_other_dealer_cannot_print(self):
        repair = self._create_repair(**self._prepare_work_vals())
        with self.assertRaises(AccessError):
            self._render(repair, self.user_agent_b)
