from odoo import fields, models


class SlideChannel(models.Model):
    _inherit = "slide.channel"

    aftersales_course_ids = fields.One2many(
        "aftersales.training.course",
        "channel_id",
        string="Training Courses",
        groups="aftersales_dealer.group_training_coordinator",
    )
