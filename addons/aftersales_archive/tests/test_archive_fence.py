from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import ArchiveCommon


@tagged("post_install", "-at_install")
class TestArchiveFence(FenceChecks, ArchiveCommon):
    """The archive shows a dealer his own documents, nobody else's."""

    addon = "aftersales_archive"
    owner, intruder = "a", "b"

    @classmethod
    def _create_fenced_rows(cls):
        events = cls.env["aftersales.archive.event"].search(
            [("lot_id", "=", cls.lot.id)]
        )
        return {"aftersales.archive.event": Fenced(events)}

    def test_other_dealers_history_is_closed(self):
        for user in self.intruders:
            for model, rows in self.fenced.items():
                with self.subTest(user=user.login, model=model):
                    self.assert_fenced(user, model, rows)

    def test_counts_of_a_shared_machine_are_ones_own(self):
        """Dealer B, who served the machine once, learns of his own case alone."""
        case = (
            self.env["helpdesk.ticket"]
            .with_user(self.user_agent_b)
            .create({"description": "Stopped", "serial": self.lot.name})
        )
        lot = self.lot.with_user(self.user_agent_b)
        self.assertEqual(lot.archive_case_count, 1)
        self.assertEqual(lot.archive_repair_count, 0)
        self.assertEqual(lot.archive_event_ids.mapped("res_id"), case.ids)
        self.assertFalse(lot.archive_partner_id)
