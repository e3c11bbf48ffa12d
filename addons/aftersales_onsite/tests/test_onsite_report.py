from lxml import html

from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import OnsiteCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOnsiteReport(OnsiteCommon):
    def _print(self, repair, lang="en_US"):
        report = self.env["ir.actions.report"].with_user(self.user_tech_a)
        content, _kind = report.with_context(lang=lang)._render_qweb_html(
            "aftersales_service.report_repair_record", repair.ids
        )
        return html.fromstring(content)

    def test_paper_shows_visit_checks_photos_and_stars(self):
        repair = self._visit()
        repair.write(
            {**self._prepare_work_vals(), "customer_rating": "4", "usage": 120}
        )
        self._prove(repair)
        repair.answer_ids[1].write({"answer": "no", "remark": "Still at work"})
        page = self._print(repair)
        text = " ".join(page.text_content().split())
        for part in (
            "Visit Check-in 2026-06-15",
            "Place unknown: No place found in time",
            "Identity shown Yes",
            "Cleaned No Still at work",
            "Satisfied (4 / 5)",
            "Photos",
            "Plate 2026-06-15",
        ):
            self.assertIn(part, text)
        self.assertNotIn("□ Very satisfied", text)
        # the signature and the one photo that was taken
        self.assertEqual(len(page.xpath("//img[starts-with(@src, 'data:')]")), 2)

    def test_paper_without_a_visit_keeps_the_boxes_to_tick(self):
        case = self._create_case(self.user_tech_a)
        case.action_create_repair()
        text = " ".join(self._print(case.repair_ids).text_content().split())
        self.assertIn("□ Very satisfied", text)
        self.assertNotIn("Check-in", text)
        self.assertNotIn("Photos", text)
