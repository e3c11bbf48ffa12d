from odoo import fields, models


class AftersalesFollowupReason(models.Model):
    _inherit = "aftersales.followup.reason"

    complaint_class_id = fields.Many2one(
        "aftersales.complaint.class",
        ondelete="restrict",
        help="The class of complaints that follow-ups with this reason become.",
    )
