from odoo.addons.aftersales_parts.tests.common import PartsCommon


class ArchiveCommon(PartsCommon):
    """A machine of dealer A that was repaired with one pump and asked about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive(cls.pump, 2)
        cls.repair = cls._create_repair(parts={cls.pump: 1})
        cls._finish(cls.repair)
        cls.case = cls.repair.ticket_id
        cls.case.with_user(cls.user_agent_a).action_close()
        cls.followup = (
            cls.env["aftersales.followup"]
            .with_user(cls.user_support)
            .create({"ticket_id": cls.case.id, "score": "4"})
        )
        cls.complaint = (
            cls.env["aftersales.complaint"]
            .with_user(cls.user_support)
            .create(
                {
                    "summary": "He came two hours late",
                    "class_id": cls.env.ref("aftersales_complaint.class_manner").id,
                    "ticket_id": cls.case.id,
                    "partner_id": cls.case.partner_id.id,
                    "dealer_id": cls.dealer_a.id,
                }
            )
        )
        cls.env.flush_all()
        cls.lot = cls.case.lot_id
        cls.customer = cls.case.partner_id
