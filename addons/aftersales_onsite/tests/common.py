from odoo.addons.aftersales_service.tests.common import SIGNATURE, ServiceCommon


class OnsiteCommon(ServiceCommon):
    """Repairs that demand proof: two checks, one of them required, and two photos."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["aftersales.checklist"].search([]).active = False
        cls.env["aftersales.photo.type"].search([]).active = False
        cls.type_repair.demands_proof = True
        cls.checklist = cls.env["aftersales.checklist"].create(
            {"name": "Test", "case_type_ids": [(6, 0, cls.type_repair.ids)]}
        )
        cls.check_identity = cls._create_check("Identity shown")
        cls.check_cleaned = cls._create_check("Cleaned", required=False)
        cls.kind_plate = cls._create_kind("T-PLATE", "Plate")
        cls.kind_bill = cls._create_kind("T-BILL", "Bill", required=False)
        cls.customer_a.email = "zhang@example.com"

    @classmethod
    def _create_check(cls, name, **vals):
        return cls.env["aftersales.checklist.item"].create(
            {"checklist_id": cls.checklist.id, "name": name, **vals}
        )

    @classmethod
    def _create_kind(cls, code, name, **vals):
        return cls.env["aftersales.photo.type"].create(
            {"code": code, "name": name, **vals}
        )

    @classmethod
    def _accept(cls, case=None):
        """A job that dealer A's technician has accepted, as he holds it."""
        job = cls._create_job(case)
        job.action_send()
        job = job.with_user(cls.user_tech_a)
        job.action_accept()
        return job

    @classmethod
    def _visit(cls):
        """The repair record of a technician who is checked in."""
        job = cls._accept()
        job.action_check_in({"unplaced": "timeout"})
        job.action_onsite_repair()
        return job.repair_ids

    @classmethod
    def _prove(cls, repair):
        """Answer the required check and take the required photo."""
        repair.answer_ids.filtered("required").action_yes()
        repair.photo_ids.filtered("required").image = SIGNATURE
