from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCampaign(ServiceCommon):
    """A measure for certain machines is pointed out until it was taken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._create_campaign()

    @classmethod
    def _create_campaign(cls, **vals):
        return (
            cls.env["aftersales.campaign"]
            .with_user(cls.user_manager)
            .create(
                {
                    "name": "Exchange the hose",
                    "code": "C-1",
                    "date_from": "2026-06-01",
                    "product_ids": cls.machine.ids,
                    "measure": "Fit hose B instead of A",
                    **vals,
                }
            )
        )

    def _get_hint(self, user=None):
        form = Form(
            self.env["helpdesk.ticket"].with_user(user or self.user_agent_a),
            "aftersales_service.helpdesk_ticket_view_form",
        )
        form.serial = "SN-0001"
        return form.campaign_hint

    def test_open_campaign_is_pointed_out_before_saving(self):
        for user in (self.user_agent_a, self.user_agent_b, self.user_support):
            self.assertIn("[C-1] Exchange the hose", self._get_hint(user))
            self.assertIn("Fit hose B instead of A", self._get_hint(user))

    def test_campaign_of_other_days_or_machines_is_not(self):
        other = self.env["stock.lot"].create(
            {"name": "OTHER", "product_id": self.machine.id}
        )
        for vals in (
            {"date_from": "2026-06-16"},
            {"date_to": "2026-06-14"},
            {"lot_ids": other.ids},
        ):
            with self.subTest(vals=vals):
                campaign = self.campaign.copy({"code": "X", **vals})
                self.assertNotIn("[X]", self._get_hint())
                campaign.unlink()
        self.campaign.lot_ids = other | self.lot
        self.assertIn("[C-1]", self._get_hint())

    def test_measure_that_was_taken_is_no_longer_pointed_out(self):
        repair = self._create_repair(**self._prepare_work_vals())
        self.assertEqual(repair.open_campaign_ids, self.campaign)
        repair.campaign_ids = self.campaign.with_env(repair.env)
        self.assertIn("[C-1]", self._get_hint())
        repair.action_finish()
        self.assertFalse(self._get_hint())
        self.assertEqual(self.campaign.done_count, 1)

    def test_last_day_before_the_first_is_refused(self):
        refusal = self.assertRaisesRegex(ValidationError, "ends before it begins")
        with refusal, self.cr.savepoint():
            self.campaign.date_to = "2026-05-31"
        self.assertFalse(self.campaign.date_to)

    def test_dealer_does_not_read_which_machines_are_concerned(self):
        self.campaign.lot_ids = self.lot
        mine = self.campaign.with_user(self.user_manager_b)
        self.assertEqual(mine.measure, "Fit hose B instead of A")
        with self.assertRaises(AccessError):
            mine.read(["lot_ids"])
        with self.assertRaises(AccessError):
            mine.measure = "Nothing"
