"""What dealers see of training, and why that is safe."""

from odoo.addons.aftersales_certificate.tests import fence
from odoo.addons.aftersales_dealer.tests.fence import Fenced

PROGRAMME = "what the company teaches; who takes part is fenced"

REFERENCE = {
    **fence.REFERENCE,
    "aftersales.training.topic": PROGRAMME,
    "aftersales.training.course": PROGRAMME,
    "aftersales.training.assessment": PROGRAMME,
    "aftersales.training.rubric": PROGRAMME,
    "aftersales.training.criterion": PROGRAMME,
    "aftersales.training.room": PROGRAMME,
    "aftersales.training.session": "time and place of sessions; costs are hidden",
    "aftersales.training.case": "published cases without names",
}


def get_fenced_rows(case):
    """Rows of training that belong to dealer B and A, made by ``case``."""
    rows = {}
    session = case._create_session(case.env.cr.now())
    for staff, _side in ((case.technician_b, "foreign"), (case.technician_a, "own")):
        need = case.env["aftersales.training.need"].create(
            {"staff_id": staff.id, "topic_id": case.topic.id}
        )
        enrolment = case._attend(session, staff)
        enrolment.action_open_exam()
        exam = enrolment.exam_ids
        part = exam.part_ids.filtered(lambda p: p.kind == "practice")
        matrix = case.env["aftersales.training.matrix"].search(
            [("staff_id", "=", staff.id)]
        )
        for record in (need, enrolment, exam, part, part.mark_ids[:1], matrix):
            rows.setdefault(record._name, []).append(record.sudo(False))
    return {name: Fenced(*pair) for name, pair in rows.items()}
