from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dispatch.tests.common import DispatchCommon
from odoo.addons.aftersales_service.tests.common import NOW


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRankCertificate(DispatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["aftersales.certificate.scope"].search([]).active = False
        cls.scope = cls.env["aftersales.certificate.scope"].create(
            {"name": "Harvester repair", "code": "HR", "requirement": "preferred"}
        )
        criteria = cls.env["aftersales.dispatch.criterion"].search([])
        criteria.filtered(lambda c: c.code != "certificate").active = False
        cls.job = cls._create_job(staff_id=False)

    def _certify(self, staff, valid_to):
        return self.env["aftersales.certificate"].create(
            {
                "partner_id": staff.partner_id.id,
                "scope_id": self.scope.id,
                "valid_from": "2026-01-01",
                "valid_to": valid_to,
            }
        )

    def _rank(self):
        ranked = self.job.with_user(self.user_agent_a)._rank_candidates()
        return {candidate.staff.name: candidate for candidate in ranked}

    def test_holder_is_preferred(self):
        self._certify(self.bao, "2026-06-15")
        ranked = self._rank()
        self.assertEqual(list(ranked), ["Bao", "Tech A"])
        self.assertEqual(ranked["Bao"].reasons, ("+30 certified: Harvester repair",))
        self.assertEqual(
            ranked["Tech A"].reasons, ("no certificate: Harvester repair",)
        )
        self.assertFalse(ranked["Tech A"].blocked)

    def test_expired_certificate_is_named(self):
        self._certify(self.bao, "2026-06-14")
        self.assertEqual(
            self._rank()["Bao"].reasons,
            ("certificate expired on 06/14/2026: Harvester repair",),
        )
        self.assertEqual(self._rank()["Bao"].score, 0)

    def test_required_certificate_blocks_who_could_not_be_sent(self):
        self.scope.requirement = "required"
        self._certify(self.technician_a, "2026-12-31")
        ranked = self._rank()
        self.assertEqual(list(ranked), ["Tech A", "Bao"])
        self.assertEqual(ranked["Bao"].blocked, ("no certificate: Harvester repair",))
        self.job.staff_id = self.bao
        with self.assertRaisesRegex(UserError, "no valid certificate"):
            self.job.with_user(self.user_agent_a).action_send()
        self.assertEqual(self.job.state, "draft")

    def test_no_qualification_asked_for_says_nothing(self):
        self.scope.requirement = "none"
        self.assertEqual([c.reasons for c in self._rank().values()], [(), ()])

    def test_number_of_queries_does_not_depend_on_the_candidates(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            ranked = self.job.with_user(self.user_agent_a)._rank_candidates()
            return self.cr.sql_log_count - before, len(ranked)

        self._certify(self.bao, "2026-06-14")
        count()  # fills the caches of the registry
        few, people = count()
        for number in range(20):
            staff = self._create_technician(f"T{number}")
            self._certify(staff, "2026-06-14" if number % 2 else "2026-12-31")
        many, more = count()
        self.assertEqual((people, more), (2, 22))
        self.assertEqual(many, few)
