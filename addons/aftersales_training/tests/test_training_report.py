from lxml import etree

from odoo.tests import freeze_time, tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestTrainingReport(TrainingCommon):
    def _render(self, report, record):
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            f"aftersales_training.{report}", record.ids
        )
        return html.decode()

    def _assert_rows_are_complete(self, html):
        """An empty cell that is left out moves all cells behind it."""
        for table in etree.HTML(html).iter("table"):
            widths = {len(row.xpath("./td|./th")) for row in table.iter("tr")}
            self.assertEqual(len(widths), 1, etree.tostring(table))

    def test_sign_in_sheet_lists_who_has_a_seat(self):
        session = self._create_session(
            room_id=self.env["aftersales.training.room"]
            .create({"name": "Hall 9", "place": "Works, gate 2"})
            .id
        )
        self._enrol(session, self.technician_a).action_confirm()
        self._enrol(session, self.technician_b)
        html = self._render("report_sheet", session)
        self.assertIn(self.technician_a.name, html)
        self.assertNotIn(self.technician_b.name, html)
        self.assertIn("Works, gate 2", html)
        self.assertFalse(self.technician_a.phone)
        self._assert_rows_are_complete(html)

    def test_marking_sheet_is_empty_before_and_full_after_the_exam(self):
        enrolment = self._attend(self._create_session(), self.technician_a)
        exam = self._open_exam(enrolment)
        part = exam.part_ids.filtered(lambda p: p.kind == "practice")
        html = self._render("report_marking", part)
        self.assertIn("Diagnosis", html)
        self.assertIn("______", html)
        self.assertNotIn("passed", html)
        self._mark(exam, 18, 24)
        html = self._render("report_marking", part)
        self.assertIn("84", html)
        self.assertIn("passed", html)
        self.assertIn("data:image/png;base64,", html)

    def test_door_code_is_a_picture(self):
        session = self._create_session()
        self.assertIn("data:image/png;base64,", self._render("report_code", session))

    def test_plan_prints_its_lines(self):
        plan = self.env["aftersales.training.plan"].create(
            {
                "year": 2026,
                "line_ids": [
                    (0, 0, {"course_id": self.course.id, "budget": 1234.5, "seats": 7})
                ],
            }
        )
        html = self._render("report_plan", plan)
        self.assertFalse(plan.line_ids.trainer_id)
        self._assert_rows_are_complete(html)
        self.assertIn(self.course.name, html)
        self.assertIn("1,234.50", html)
        self.assertIn("Theory 40%, Practice 60%", html)

    def test_matrix_tells_attended_passed_and_certified(self):
        session = self._create_session()
        enrolment = self._attend(session, self.technician_a)
        self._attend(session, self.technician_b)
        exam = self._open_exam(enrolment)
        self._answer(exam, True, True)
        self._mark(exam, 20, 30)
        rows = self.env["aftersales.training.matrix"].search(
            [("course_code", "=", "ENG-1")]
        )
        own = rows.filtered(lambda row: row.staff_id == self.technician_a)
        other = rows.filtered(lambda row: row.staff_id == self.technician_b)
        self.assertEqual(
            (own.passed, own.certified, own.hours, own.score), (1, 1, 8, 100)
        )
        self.assertEqual((other.passed, other.certified, other.attended), (0, 0, 1))
