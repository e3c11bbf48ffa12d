from dataclasses import FrozenInstanceError
from datetime import datetime

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRank(DispatchCommon):
    """Who is ranked how, and what the dispatcher is told, as the dealer's agent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_job(staff_id=False)

    def _rank(self, user=None):
        ranked = self.job.with_user(user or self.user_agent_a)._rank_candidates()
        return {candidate.staff.name: candidate for candidate in ranked}

    def _need_skill(self, **vals):
        return self.env["aftersales.skill.need"].create(
            {"skill_id": self.skill.id, **vals}
        )

    def test_who_knows_the_machine_comes_first(self):
        self._only("skill")
        self._need_skill(categ_ids=[Command.set(self.machine.categ_id.ids)])
        self.bao.skill_ids = self.skill
        ranked = self._rank()
        self.assertEqual(list(ranked), ["Bao", "Tech A"])
        self.assertEqual(ranked["Bao"].score, 30)
        self.assertEqual(ranked["Bao"].reasons, ("+30 knows Combine harvester",))
        self.assertEqual(ranked["Tech A"].score, 0)
        self.assertEqual(ranked["Tech A"].reasons, ("does not know Combine harvester",))
        self.assertFalse(ranked["Tech A"].blocked)

    def test_skill_wanted_by_the_symptom_above(self):
        self._only("skill")
        self.bao.skill_ids = self.skill
        child = self.env["aftersales.fault"].create(
            {"name": "Cold start", "code": "T-1", "parent_id": self.symptom.id}
        )
        self._need_skill(fault_ids=[Command.set(self.symptom.ids)])
        self.job.ticket_id.sudo().fault_id = child
        self.assertEqual(self._rank()["Bao"].score, 30)

    def test_need_of_other_products_and_symptoms_asks_nothing(self):
        self._only("skill")
        other = self.env["product.category"].create({"name": "Pumps"})
        self._need_skill(categ_ids=[Command.set(other.ids)])
        self.assertEqual([c.reasons for c in self._rank().values()], [(), ()])

    def test_mandatory_criterion_blocks_who_does_not_meet_it(self):
        self._only("skill", is_mandatory=True)
        self._need_skill()
        self.technician_a.skill_ids = self.skill
        ranked = self._rank()
        self.assertEqual(list(ranked), ["Tech A", "Bao"])
        self.assertEqual(ranked["Bao"].blocked, ("does not know Combine harvester",))
        self.assertFalse(ranked["Bao"].reasons)

    def test_jobs_of_that_day_share_the_points(self):
        self._only("workload")
        self._send_job(self.bao, 13, 14)
        self._send_job(self.bao, 14, 15)
        self._send_job(self.bao, 8, 9, day=16)
        ranked = self._rank()
        self.assertEqual(list(ranked), ["Tech A", "Bao"])
        self.assertEqual(ranked["Tech A"].reasons, ("+20 no other job that day",))
        self.assertEqual(ranked["Bao"].reasons, ("+7 other jobs that day: 2",))

    def test_full_day_blocks_when_demanded(self):
        self._only("workload", max_jobs=1, is_mandatory=True)
        self._send_job(self.bao, 13, 14)
        self.assertEqual(self._rank()["Bao"].blocked, ("other jobs that day: 1",))

    def test_day_is_the_local_one(self):
        self._only("workload")
        self.calendar.tz = "Asia/Shanghai"
        # 23:30 UTC on the 14th is 7:30 on the 15th in Shanghai
        with freeze_time("2026-06-14 20:00:00"):
            job = self._create_job(
                staff_id=self.bao.id,
                date_start=datetime(2026, 6, 14, 23, 30),
                date_end=datetime(2026, 6, 15, 0, 30),
            )
            job.action_send()
        self.assertEqual(self._rank()["Bao"].reasons, ("+10 other jobs that day: 1",))

    def test_who_is_promised_then_gets_his_next_free_time(self):
        self._only("availability")
        self._send_job(self.bao, 11, 13)
        ranked = self._rank()
        self.assertEqual(ranked["Tech A"].reasons, ("+20 free at that time",))
        self.assertEqual(ranked["Tech A"].start, datetime(2026, 6, 15, 10))
        bao = ranked["Bao"]
        self.assertEqual(len(bao.reasons), 1)
        self.assertIn("from 11:00 to 13:00", bao.reasons[0])
        self.assertEqual(bao.start, datetime(2026, 6, 15, 13))
        self.assertEqual(bao.end, datetime(2026, 6, 15, 15))

    def test_free_time_lies_within_working_hours(self):
        self.job.write({"date_start": False, "date_end": False})
        with freeze_time("2026-06-19 16:10:00"):  # a Friday, too late for two hours
            candidate = self._rank()["Bao"]
        self.assertEqual(candidate.start, datetime(2026, 6, 22, 8))
        self.assertEqual(candidate.end, datetime(2026, 6, 22, 10))

    def test_public_holiday_is_no_working_time(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Dragon Boat Festival",
                "calendar_id": self.calendar.id,
                "date_from": datetime(2026, 6, 15),
                "date_to": datetime(2026, 6, 15, 23, 59),
            }
        )
        self.job.write({"date_start": False, "date_end": False})
        self.assertEqual(self._rank()["Bao"].start, datetime(2026, 6, 16, 8))

    def test_length_of_a_visit_is_the_companys(self):
        self.job.write({"date_start": False, "date_end": False})
        self.company.aftersales_dispatch_hours = 3.5
        candidate = self._rank()["Bao"]
        self.assertEqual(candidate.start, datetime(2026, 6, 15, 8))
        self.assertEqual(candidate.end, datetime(2026, 6, 15, 11, 30))

    def test_absent_ones_stand_at_the_end_with_the_reason(self):
        self._create_absence(self.technician_a, "2026-06-15", "2026-06-17")
        ranked = self._rank()
        self.assertEqual(list(ranked), ["Bao", "Tech A"])
        self.assertEqual(ranked["Tech A"].blocked, ("absent Jun 15 – Jun 17: Leave",))
        self.assertEqual(ranked["Tech A"].start, datetime(2026, 6, 18, 8))

    def test_absence_may_only_count_less(self):
        self._only("absence", is_mandatory=False, weight=15)
        self._create_absence(self.technician_a, "2026-06-15", reason="sick")
        ranked = self._rank()
        self.assertEqual(ranked["Bao"].reasons, ("+15 present",))
        self.assertEqual(ranked["Tech A"].reasons, ("absent Jun 15: Sick",))
        self.assertFalse(ranked["Tech A"].blocked)

    def test_suspended_one_is_blocked_without_any_criterion(self):
        self.env["aftersales.dispatch.criterion"].search([]).active = False
        self.bao.write(
            {"suspended_from": "2026-06-01", "suspension_reason": "No safety course"}
        )
        self.assertEqual(
            self._rank()["Bao"].blocked, ("suspended since Jun 1: No safety course",)
        )

    def test_archived_ones_and_other_roles_are_no_candidates(self):
        self._create_technician("Old", active=False)
        self._create_technician("Clerk", role="agent")
        self.assertEqual(set(self._rank()), {"Bao", "Tech A"})

    def test_refusal_is_remembered(self):
        job = self.job.with_user(self.user_agent_a)
        job.staff_id = self.technician_a
        job.action_send()
        job.with_user(self.user_tech_a)._refuse("Too far")
        self.assertEqual(self._rank()["Tech A"].blocked, ("has refused this job",))

    def test_city_counts_more_than_province_than_elsewhere(self):
        self._only("territory")
        province = self.env.ref("base.state_cn_HL")
        self.customer_a.write({"state_id": province.id, "city": "Harbin"})
        areas = (
            (self.bao, {"city": "harbin"}),
            (self.technician_a, {"state_id": province.id}),
            (self._create_technician("Cui"), {"zip_prefix": "15"}),
        )
        for staff, vals in areas:
            self.env["aftersales.staff.territory"].create(
                {"staff_id": staff.id, **vals}
            )
        ranked = self._rank()
        self.assertEqual(list(ranked), ["Bao", "Tech A", "Cui"])
        self.assertEqual(
            [candidate.reasons for candidate in ranked.values()],
            [
                ("+20 serves harbin",),
                (f"+10 serves {province.name}",),
                ("serves elsewhere",),
            ],
        )
        self.customer_a.zip = "150001"
        self.assertEqual(self._rank()["Cui"].reasons, ("+20 serves 15",))

    def test_without_own_territory_the_dealers_counts(self):
        self._only("territory")
        province = self.env.ref("base.state_cn_HL")
        self.customer_a.state_id = province
        self.dealer_a.territory_ids = province
        self.assertEqual(self._rank()["Bao"].reasons, (f"+10 serves {province.name}",))

    def test_city_is_found_in_the_place_too(self):
        self._only("territory")
        self.job.place = "Field 7, Jiamusi"
        self.env["aftersales.staff.territory"].create(
            {"staff_id": self.bao.id, "city": "Jiamusi"}
        )
        self.assertEqual(self._rank()["Bao"].score, 20)

    def test_who_fixed_the_fault_before_is_preferred(self):
        self._only("first_time_fix")
        for staff, is_fixed, count in (
            (self.bao, True, 1),
            (self.technician_a, True, 3),
            (self.technician_a, False, 1),
        ):
            for _number in range(count):
                repair = self.env["repair.order"].create(
                    {
                        "product_id": self.machine.id,
                        "dealer_id": self.dealer_a.id,
                        "staff_id": staff.id,
                        "symptom_id": self.symptom.id,
                    }
                )
                repair.write({"state": "done", "finished_at": "2026-05-01 08:00:00"})
                self.env.flush_all()
                repair.first_time_fix = is_fixed
        ranked = self._rank()
        self.assertEqual(
            [candidate.reasons for candidate in ranked.values()],
            [
                ("+10 fixed this fault the first time: 1 of 1",),
                ("+8 fixed this fault the first time: 3 of 4",),
            ],
        )

    def test_dealers_people_only_for_a_dealer_ours_beside_them_for_us(self):
        company = self.env["aftersales.dealer"]
        self.env["aftersales.staff"].search([("dealer_id", "=", False)]).active = False
        self._create_technician("Ours", company)
        self._create_technician("Theirs", self.dealer_b)
        self.assertEqual(set(self._rank()), {"Bao", "Tech A"})
        ranked = self._rank(self.user_support)
        # at equal points the dealer's own people come first
        self.assertEqual(list(ranked), ["Bao", "Tech A", "Ours"])

    def test_number_of_queries_does_not_depend_on_the_candidates(self):
        self._need_skill()
        self.job.ticket_id.sudo().fault_id = self.symptom

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            ranked = self.job.with_user(self.user_agent_a)._rank_candidates()
            return self.cr.sql_log_count - before, len(ranked)

        def add(number):
            staff = self._create_technician(f"T{number}", skill_ids=self.skill.ids)
            self.env["aftersales.staff.territory"].create(
                {"staff_id": staff.id, "city": "Harbin"}
            )
            self._create_absence(staff, "2026-06-16")
            self._send_job(staff, 8, 9)

        add(0)
        count()  # fills the caches of the registry
        few, people = count()
        self.assertEqual(people, 3)
        for number in range(1, 30):
            add(number)
        many, people = count()
        self.assertEqual(people, 32)
        self.assertEqual(many, few)

    def test_candidate_cannot_be_changed(self):
        with self.assertRaises(FrozenInstanceError):
            self._rank()["Bao"].score = 99

    def test_who_is_new_to_a_fault_is_blocked_only_where_demanded(self):
        criterion = self._only("first_time_fix")
        self.assertEqual(self._rank()["Bao"].reasons, ())
        criterion.is_mandatory = True
        self.assertEqual(
            self._rank()["Bao"].blocked, ("has not repaired this fault yet",)
        )
