from datetime import date, datetime

from odoo.fields import Command

from odoo.addons.aftersales_warranty.tests.common import WarrantyCommon

# A picture of one pixel: a signature as the browser sends it.
SIGNATURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6"
    b"kgAAAABJRU5ErkJggg=="
)
NOW = "2026-06-15 08:00:00"


def create_plain_repair_type(env):
    """A type of case like the shipped repair that demands nothing but a visit.

    Addons above this one let the shipped types demand more: an assessment, proof of the
    visit, quality checks, a quotation. Their own tests switch that on for this type;
    everybody else's are spared it. It is the type that a new case starts with.
    """
    return env["aftersales.case.type"].create(
        {
            "name": "Plain repair",
            "code": "TEST-REPAIR",
            "sequence": -1,
            "needs_serial": True,
            "needs_dispatch": True,
            "severity": "2",
            "service_level_id": env.ref("aftersales_service.service_level_c").id,
        }
    )


class ServiceCommon(WarrantyCommon):
    """A sold machine, its customer, parts and work for it, a case on demand.

    Tests of this addon freeze the time at :data:`NOW`: the machine was sold on
    2026-03-01, so that the whole machine is covered and wear parts no longer are.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls._create_part("Fuel pump", cls.class_main)
        cls.wear_part = cls._create_part("Belt", cls.class_wear)
        cls.operation = cls.env["aftersales.operation"].create(
            {"name": "Replace fuel pump", "code": "TEST-OP-1", "hours": 2.5}
        )
        cls.symptom = cls.env.ref("aftersales_service.fault_s10")
        cls.type_repair = create_plain_repair_type(cls.env)
        cls.type_question = cls.env.ref("aftersales_service.case_type_consultation")
        cls.customer_a.write({"phone": "13900000001", "street": "Road 1"})
        cls.card = cls._create_active_card(
            "SN-0001", cls.user_support, returned_on=date(2026, 3, 10)
        )
        cls.lot = cls.card.lot_id

    @classmethod
    def _create_part(cls, name, part_class):
        """A stored spare part, ten of which lie wherever repairs may take them."""
        part = cls.env["product.product"].create(
            {"name": name, "is_storable": True, "part_class_id": part_class.id}
        )
        sources = (
            cls.env["repair.order"].new({"dealer_id": cls.dealer_a.id}).location_id
        )
        for location in sources:
            cls.env["stock.quant"]._update_available_quantity(part, location, 10)
        return part

    @classmethod
    def _create_case(cls, user=None, **vals):
        """A repair case of the machine, as dealer A's agent takes it down."""
        return (
            cls.env["helpdesk.ticket"]
            .with_user(user or cls.user_agent_a)
            .create(
                {
                    "case_type_id": cls.type_repair.id,
                    "description": "The engine does not start",
                    "serial": "SN-0001",
                    "fault_id": cls.symptom.id,
                    **vals,
                }
            )
        )

    @classmethod
    def _create_job(cls, case=None, user=None, **vals):
        """A draft job of dealer A's technician on the frozen day, 10 to 12 o'clock."""
        case = case or cls._create_case()
        return (
            cls.env["aftersales.dispatch"]
            .with_user(user or cls.user_agent_a)
            .create(
                {
                    "ticket_id": case.id,
                    "staff_id": cls.technician_a.id,
                    "date_start": datetime(2026, 6, 15, 10),
                    "date_end": datetime(2026, 6, 15, 12),
                    **vals,
                }
            )
        )

    @classmethod
    def _create_repair(cls, case=None, **vals):
        """The repair record of an accepted job, as the technician holds it."""
        job = cls._create_job(case)
        job.action_send()
        job = job.with_user(cls.user_tech_a)
        job.action_accept()
        job.action_arrive()
        job.action_create_repair()
        repair = job.repair_ids
        if vals:
            repair.write(vals)
        return repair

    @classmethod
    def _prepare_work_vals(cls):
        """One part, one labour line, the customer's signature."""
        return {
            "move_ids": [
                Command.create({"product_id": cls.part.id, "product_uom_qty": 2})
            ],
            "labour_ids": [Command.create({"operation_id": cls.operation.id})],
            "customer_signature": SIGNATURE,
            "signed_by": "Zhang San",
        }
