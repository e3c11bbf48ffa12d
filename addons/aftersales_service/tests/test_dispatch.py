from datetime import datetime

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDispatch(ServiceCommon):
    def test_job_is_filled_from_the_case(self):
        job = self._create_job()
        self.assertRecordValues(
            job,
            [
                {
                    "state": "draft",
                    "dealer_id": self.dealer_a.id,
                    "partner_id": self.customer_a.id,
                    "contact_name": "Farmer Zhang",
                    "phone": "13900000001",
                    "place": "Road 1",
                    "task": "The engine does not start",
                    "product_id": self.machine.id,
                    "lot_id": self.lot.id,
                }
            ],
        )

    def test_whole_visit_leaves_its_facts_on_the_case(self):
        job = self._create_job()
        case = job.ticket_id
        job.action_send()
        self.assertEqual(case.arranged_at, datetime(2026, 6, 15, 8))
        self.assertFalse(case.unattended)
        self.assertEqual(job.activity_ids.user_id, self.user_tech_a)
        job = job.with_user(self.user_tech_a)
        with freeze_time("2026-06-15 08:10:00"):
            job.action_accept()
            self.assertFalse(job.activity_ids)
            job.action_contact()
        with freeze_time("2026-06-15 10:05:00"):
            job.action_arrive()
        with freeze_time("2026-06-15 11:00:00"):
            job.action_finish()
        self.assertRecordValues(
            job,
            [
                {
                    "state": "done",
                    "sent_at": datetime(2026, 6, 15, 8),
                    "accepted_at": datetime(2026, 6, 15, 8, 10),
                    "arrived_at": datetime(2026, 6, 15, 10, 5),
                    "finished_at": datetime(2026, 6, 15, 11),
                }
            ],
        )
        self.assertRecordValues(
            case,
            [
                {
                    "contacted_at": datetime(2026, 6, 15, 8, 10),
                    "arrived_at": datetime(2026, 6, 15, 10, 5),
                    "resolved_at": datetime(2026, 6, 15, 11),
                }
            ],
        )

    def test_technician_gets_a_mail_with_place_and_time(self):
        self.technician_a.partner_id.email = "tech@example.com"
        job = self._create_job(place="Field 7")
        job.action_send()
        mail = self.env["mail.mail"].search(
            [("model", "=", job._name), ("res_id", "=", job.id)]
        )
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.technician_a.partner_id)
        self.assertIn("Field 7", mail.subject)
        self.assertIn("The engine does not start", mail.body_html)

    def test_incomplete_job_is_not_sent(self):
        job = self._create_job(staff_id=False, date_end=False)
        with self.assertRaisesRegex(UserError, "without: Technician, To"):
            job.action_send()
        self.assertEqual(job.state, "draft")
        self.assertFalse(job.ticket_id.arranged_at)

    def test_job_without_serial_is_not_sent_where_the_type_needs_one(self):
        case = self._create_case(serial=False, address="Road 1")
        job = self._create_job(case)
        with self.assertRaisesRegex(UserError, "needs the machine's serial number"):
            job.action_send()
        self.assertEqual(job.state, "draft")

    def test_suspended_dealer_is_not_sent(self):
        job = self._create_job()
        self.dealer_a.sudo().state = "suspended"
        with self.assertRaisesRegex(UserError, "suspended"):
            job.action_send()
        self.assertEqual(job.state, "draft")

    def test_technician_who_left_is_not_sent(self):
        job = self._create_job()
        self.technician_a.active = False
        with self.assertRaisesRegex(UserError, "no longer works"):
            job.action_send()
        self.assertEqual(job.state, "draft")

    def test_technician_of_another_dealer_is_refused(self):
        tech_b = self._create_staff(self.user_agent_b, "technician")
        case = self._create_case(self.user_support, dealer_id=self.dealer_a.id)
        refusal = self.assertRaisesRegex(ValidationError, "works for another dealer")
        with refusal, self.cr.savepoint():
            self._create_job(case, self.user_support, staff_id=tech_b.id)
        self.assertFalse(case.dispatch_ids)

    def test_company_technician_may_visit_a_dealers_customer(self):
        ours = self._create_staff(self.user_support, "technician")
        case = self._create_case()
        job = self._create_job(case, self.user_support, staff_id=ours.id)
        job.action_send()
        self.assertEqual(job.with_user(self.user_agent_a).state, "sent")

    def test_double_booking_names_the_other_job(self):
        first = self._create_job()
        first.action_send()
        second = self._create_job(
            date_start=datetime(2026, 6, 15, 11), date_end=datetime(2026, 6, 15, 13)
        )
        refusal = self.assertRaisesRegex(ValidationError, f"job {first.name} from")
        with refusal, self.cr.savepoint():
            second.action_send()
        self.assertEqual(second.state, "draft")

    def test_jobs_one_after_the_other_are_fine(self):
        self._create_job().action_send()
        second = self._create_job(
            date_start=datetime(2026, 6, 15, 12), date_end=datetime(2026, 6, 15, 13)
        )
        second.action_send()
        self.assertEqual(second.state, "sent")

    def test_database_itself_refuses_a_double_booking(self):
        first, second = self._create_job(), self._create_job()
        first.action_send()
        self.env.flush_all()
        refusal = self.assertRaises(ExclusionViolation)
        with mute_logger("odoo.sql_db"), refusal, self.cr.savepoint():
            # what another transaction does, which cannot see the first job
            self.cr.execute(
                "UPDATE aftersales_dispatch SET state = 'sent' WHERE id = %s",
                [second.id],
            )

    def test_refused_job_goes_back_with_its_reason(self):
        job = self._create_job()
        job.action_send()
        job = job.with_user(self.user_tech_a)
        wizard = Form.from_action(job.env, job.action_refuse())
        wizard.reason = "Ill"
        wizard.save().action_refuse()
        self.assertRecordValues(
            job,
            [
                {
                    "state": "draft",
                    "refuse_reason": "Ill",
                    "sent_at": False,
                    "accepted_at": False,
                }
            ],
        )
        self.assertFalse(job.ticket_id.arranged_at)
        job.with_user(self.user_agent_a).action_send()
        self.assertEqual(job.state, "sent")

    def test_colleague_cannot_answer_for_the_technician(self):
        job = self._create_job()
        job.action_send()
        self.assertFalse(job.can_accept)
        with self.assertRaisesRegex(AccessError, "Only Tech A or a dispatcher"):
            job.action_accept()
        self.assertEqual(job.state, "sent")
        job.with_user(self.user_manager_a).action_accept()
        self.assertEqual(job.state, "accepted")

    def test_anybody_answers_for_a_technician_without_login(self):
        partner = self.env["res.partner"].create(
            {"name": "Old Wang", "dealer_id": self.dealer_a.id}
        )
        staff = self.env["aftersales.staff"].create(
            {"partner_id": partner.id, "dealer_id": self.dealer_a.id}
        )
        job = self._create_job(staff_id=staff.id)
        job.action_send()
        job.action_accept()
        self.assertEqual(job.state, "accepted")

    def test_steps_cannot_be_skipped_nor_written(self):
        job = self._create_job()
        with self.assertRaisesRegex(UserError, "possible only from: Accepted"):
            job.with_user(self.user_tech_a).action_arrive()
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            job.state = "done"
        self.assertEqual(job.state, "draft")

    def test_sent_job_can_no_longer_be_edited_or_deleted(self):
        job = self._create_job()
        job.action_send()
        with self.assertRaisesRegex(UserError, "can no longer be edited"):
            job.date_end = datetime(2026, 6, 15, 18)
        with self.assertRaisesRegex(UserError, "cancel it"):
            job.unlink()
        job.action_recall()
        job.date_end = datetime(2026, 6, 15, 18)
        self.assertEqual(job.state, "draft")

    def test_job_with_open_repair_cannot_be_finished(self):
        repair = self._create_repair()
        job = repair.dispatch_id
        with self.assertRaisesRegex(UserError, f"Finish repair {repair.name}"):
            job.action_finish()
        self.assertEqual(job.state, "on_site")

    def test_repair_record_of_a_job_is_made_once(self):
        repair = self._create_repair()
        action = repair.dispatch_id.action_create_repair()
        self.assertEqual(action["res_id"], repair.id)
        self.assertEqual(repair.dispatch_id.repair_ids, repair)

    def test_open_jobs_are_the_technicians_workload(self):
        self._create_job().action_send()
        self._create_job(
            date_start=datetime(2026, 6, 16, 10), date_end=datetime(2026, 6, 16, 12)
        )
        self.assertEqual(self.technician_a.workload, 1)
