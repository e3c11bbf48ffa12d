from odoo import fields, models


class AftersalesCertificate(models.Model):
    _inherit = "aftersales.certificate"

    enrolment_id = fields.Many2one(
        "aftersales.training.enrolment",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The training that led to it; empty for papers issued before.",
    )
    course_id = fields.Many2one(related="enrolment_id.course_id", store=True)

    _enrolment_uniq = models.UniqueIndex(
        "(enrolment_id) WHERE state = 'active'",
        "This training has led to a certificate already.",
    )
