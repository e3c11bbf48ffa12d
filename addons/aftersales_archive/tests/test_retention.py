from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ArchiveCommon


@tagged("post_install", "-at_install")
class TestRetention(ArchiveCommon):
    """Nothing that states a fact is deleted before its years are over."""

    def setUp(self):
        super().setUp()
        self.finished = fields.Date.to_date(self.repair.finished_at)
        self.question = self.env["helpdesk.ticket"].create(
            {
                "description": "How often is the oil changed?",
                "serial": self.lot.name,
                "case_type_id": self.env.ref(
                    "aftersales_service.case_type_consultation"
                ).id,
                "resolution": "Every 200 hours",
            }
        )
        self.question.action_resolve()

    def test_nobody_deletes_a_kept_record(self):
        for record in (
            self.case,
            self.repair,
            self.followup,
            self.complaint,
            self.lot.card_id,
        ):
            record = record.with_user(self.user_manager)
            with (
                self.subTest(record=record._name),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                record.sudo().unlink()
            self.assertTrue(record.exists())

    def test_message_names_record_day_and_setting(self):
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            self.question.unlink()
        message = str(caught.exception)
        self.assertIn(self.question.display_name, message)
        self.assertIn(str(self.question.retain_until.year), message)
        self.assertIn("Settings", message)

    def test_case_goes_on_the_day_it_is_due(self):
        resolved = fields.Date.to_date(self.question.resolved_at)
        until = fields.Date.add(resolved, years=6)
        self.assertEqual(self.question.retain_until, until)
        with (
            freeze_time(fields.Date.subtract(until, days=1)),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            self.question.unlink()
        with freeze_time(until):
            self.question.unlink()
        self.assertFalse(self.question.exists())

    def test_setting_decides_the_years(self):
        self.env.company.aftersales_retention_years = 1
        self.assertEqual(
            self.repair.retain_until, fields.Date.add(self.finished, years=1)
        )

    def test_years_below_one_are_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.env.company.aftersales_retention_years = 0
            self.env.flush_all()

    def test_what_is_over_can_be_searched(self):
        until = self.repair.retain_until
        for day, expected in ((until, True), (fields.Date.subtract(until, days=1), 0)):
            found = self.env["repair.order"].search([("retain_until", "<=", day)])
            self.assertEqual(self.repair in found, bool(expected))

    def test_open_case_of_a_machine_is_not_deleted(self):
        case = self.env["helpdesk.ticket"].create(
            {"description": "Stopped", "serial": self.lot.name}
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            case.unlink()
        self.assertTrue(case.exists())

    def test_empty_message_may_go(self):
        spam = self.env["helpdesk.ticket"].create({"description": "Buy now"})
        spam.unlink()
        self.assertFalse(spam.exists())

    def test_papers_stay_with_a_settled_document(self):
        photo = self.env["ir.attachment"].create(
            {
                "name": "photo",
                "raw": b"x",
                "res_model": "repair.order",
                "res_id": self.repair.id,
            }
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            photo.with_user(self.user_manager).sudo().unlink()
        self.assertTrue(photo.exists())

    def test_papers_of_a_document_at_work_may_be_corrected(self):
        repair = self._create_repair(serial="H1-0002")
        photo = self.env["ir.attachment"].create(
            {
                "name": "photo",
                "raw": b"x",
                "res_model": "repair.order",
                "res_id": repair.id,
            }
        )
        photo.unlink()
        self.assertFalse(photo.exists())
