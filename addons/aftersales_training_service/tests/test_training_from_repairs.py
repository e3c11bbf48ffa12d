from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTrainingFromRepairs(ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic = cls.env["aftersales.training.topic"].create(
            {"name": "Engines", "code": "TENG", "content": "repair"}
        )
        cls.course = cls.env["aftersales.training.course"].create(
            {"name": "Engines", "code": "E1", "topic_id": cls.topic.id}
        )
        cls.course.action_release()
        cls.other = cls.env["aftersales.staff"].create(
            {"name": "Untrained", "dealer_id": cls.dealer_a.id}
        )

    def _record(self, finished_at, staff, fixed=True):
        """A finished repair as the past left it, with its outcome."""
        repair = self.env["repair.order"].create(
            {
                "product_id": self.card.product_id.id,
                "dealer_id": self.dealer_a.id,
                "staff_id": staff.id,
                "symptom_id": self.symptom.id,
                "lot_id": self.card.lot_id.id,
                "partner_id": self.card.partner_id.id,
                "internal_notes": "Call Mr Wang, 13900000001, Dam Road 7",
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE repair_order SET state = 'done', finished_at = %s,"
            " first_time_fix = %s WHERE id = %s",
            [finished_at, fixed, repair.id],
        )
        repair.invalidate_recordset()
        return repair

    def test_repeat_repairs_become_a_need(self):
        self._record("2026-06-01", self.technician_a, fixed=False)
        self._record("2026-06-02", self.technician_a, fixed=False)
        self._record("2026-06-02", self.other, fixed=False)
        self._record("2026-03-01", self.other, fixed=False)
        rule = self.env["aftersales.training.rule"].create(
            {
                "name": "Repeats",
                "kind": "repeat_repair",
                "topic_id": self.topic.id,
                "days": 30,
            }
        )
        needs = rule.with_user(self.user_coordinator)._find_needs()
        self.assertRecordValues(
            needs,
            [
                {
                    "staff_id": self.technician_a.id,
                    "source": "repeat_repair",
                    "note": "2 repairs came back",
                }
            ],
        )

    def _find_low_fix(self, **vals):
        rule = self.env["aftersales.training.rule"].create(
            {
                "name": "Scorecard",
                "kind": "low_fix",
                "topic_id": self.topic.id,
                "days": 30,
                "min_repairs": 4,
                **vals,
            }
        )
        return rule.with_user(self.user_coordinator)._find_needs()

    def test_low_first_time_fix_becomes_a_need_as_heavy_as_it_is_low(self):
        for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
            self._record(day, self.technician_a, fixed=False)
        self._record("2026-06-04", self.technician_a)
        for fixed in (False, True, True, True, True):
            self._record("2026-06-04", self.other, fixed=fixed)
        needs = self._find_low_fix()
        self.assertRecordValues(
            needs,
            [
                {
                    "staff_id": self.technician_a.id,
                    "source": "scorecard",
                    "weight": 75,
                    "due_date": date(2026, 7, 15),
                    "note": "First-time fix 25% of 4 repairs",
                }
            ],
        )

    def test_few_old_or_foreign_repairs_are_no_scorecard(self):
        for _number in range(3):
            self._record("2026-06-01", self.technician_a, fixed=False)
        self._record("2026-05-15", self.technician_a, fixed=False)
        self.assertFalse(self._find_low_fix())
        self._record("2026-05-17", self.technician_a, fixed=False)
        oils = self.env["product.category"].create({"name": "Oils"})
        about_oil = self.env["aftersales.training.course"].create(
            {
                "name": "Oils",
                "code": "O1",
                "topic_id": self.topic.id,
                "categ_ids": [(4, oils.id)],
            }
        )
        self.assertFalse(self._find_low_fix(course_id=about_oil.id))
        self.assertEqual(self._find_low_fix().staff_id, self.technician_a)

    def test_new_part_is_no_new_machine(self):
        family = self.card.product_id.categ_id
        course = self.env["aftersales.training.course"].create(
            {
                "name": "New machines",
                "code": "N1",
                "topic_id": self.topic.id,
                "categ_ids": [(4, family.id)],
            }
        )
        part = self.env["product.template"].create(
            {"name": "Belt", "categ_id": family.id, "release_date": "2026-06-10"}
        )
        rule = self.env["aftersales.training.rule"].create(
            {"name": "New", "kind": "new_product", "course_id": course.id, "days": 30}
        )
        self.assertFalse(rule._find_needs())
        part.write({"tracking": "serial", "is_storable": True})
        part.is_machine = True
        self.assertIn(self.technician_a, rule._find_needs().staff_id)

    def test_effect_is_shown_against_the_untrained(self):
        session = self.env["aftersales.training.session"].create(
            {"course_id": self.course.id, "date_begin": "2026-03-10 08:00:00"}
        )
        session.action_open()
        enrolment = self.env["aftersales.training.enrolment"].create(
            {
                "session_id": session.id,
                "partner_id": self.technician_a.partner_id.id,
            }
        )
        enrolment.action_confirm()
        enrolment.action_sign_in()
        session.action_finish()
        for day, staff, fixed in (
            ("2026-03-01", self.technician_a, False),
            ("2026-03-02", self.technician_a, True),
            ("2026-04-01", self.technician_a, True),
            ("2026-04-02", self.technician_a, True),
            ("2026-03-01", self.other, True),
            ("2026-04-01", self.other, False),
        ):
            self._record(day, staff, fixed)
        session.effect_note = "It helped"
        session.with_user(self.user_coordinator).action_review_effect()
        self.assertRecordValues(
            session,
            [
                {
                    "fix_before": 50,
                    "fix_after": 100,
                    "fix_before_others": 100,
                    "fix_after_others": 0,
                }
            ],
        )

    def test_repair_becomes_a_case_without_names(self):
        repair = self._record("2026-06-01", self.technician_a, fixed=False)
        owner = self.card.partner_id
        owner.write({"phone": "13800001111", "street": "River Street 5"})
        action = repair.with_user(self.user_manager).action_create_training_case()
        case = self.env["aftersales.training.case"].browse(action["res_id"])
        self.assertEqual((case.kind, case.state), ("bad", "draft"))
        self.assertEqual(case.categ_id, self.card.product_id.categ_id)
        self.assertIn(self.symptom.name, str(case.situation))
        secrets = {
            "a note": "Wang",
            "a number in a note": "13900000001",
            "an address in a note": "Dam Road",
            "the technician": self.technician_a.name,
            "the dealer": self.dealer_a.name,
            "his code": self.dealer_a.code,
            "the repair": repair.name,
            "the owner": owner.name,
            "his telephone": "13800001111",
            "his street": "River Street",
            "the serial number": self.card.lot_id.name,
            "the card": self.card.name,
        }
        self.assertTrue(all(secrets.values()))
        text = " ".join(str(value) for value in case.sudo().read()[0].values())
        text += " ".join(
            f"{message.subject} {message.body}" for message in case.message_ids
        )
        for what, secret in secrets.items():
            with self.subTest(what):
                self.assertNotIn(secret, text)

    def test_one_click_of_support_makes_the_coordinators_draft(self):
        repair = self._record("2026-06-01", self.technician_a)
        action = repair.with_user(self.user_support).action_create_training_case()
        self.assertEqual(action["tag"], "display_notification")
        case = self.env["aftersales.training.case"].search([], limit=1)
        self.assertEqual((case.kind, case.state), ("good", "draft"))
        self.assertFalse(case.with_user(self.user_support).has_access("read"))
        case.with_user(self.user_coordinator).lesson = "<p>Well done</p>"
        case.with_user(self.user_coordinator).action_publish()
        self.assertTrue(case.with_user(self.user_tech_a).has_access("read"))

    def test_open_repair_is_no_case(self):
        repair = self.env["repair.order"].create(
            {"product_id": self.card.product_id.id, "dealer_id": self.dealer_a.id}
        )
        with self.assertRaisesRegex(UserError, "Finish repair"):
            repair.with_user(self.user_manager).action_create_training_case()

    def test_dealer_makes_no_cases(self):
        repair = self._record("2026-06-01", self.technician_a)
        with self.assertRaises(AccessError):
            repair.with_user(self.user_manager_a).action_create_training_case()
