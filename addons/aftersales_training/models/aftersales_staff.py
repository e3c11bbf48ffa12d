from odoo import fields, models


class AftersalesStaff(models.Model):
    _inherit = "aftersales.staff"

    joined_on = fields.Date(
        default=fields.Date.context_today,
        help="First day in service; onboarding counts from here.",
    )
    enrolment_ids = fields.One2many("aftersales.training.enrolment", "staff_id")
    training_hours = fields.Float(compute="_compute_training_hours")

    def _init_column(self, column_name):
        # Who was there before the addon has not joined today.
        if column_name == "joined_on":
            return None
        return super()._init_column(column_name)

    def _compute_training_hours(self):
        groups = self.env["aftersales.training.enrolment"]._read_group(
            [("staff_id", "in", self.ids), ("state", "=", "attended")],
            ["staff_id"],
            ["hours:sum"],
        )
        hours = dict(groups)
        for staff in self:
            staff.training_hours = hours.get(staff, 0)

    def action_open_enrolments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_training.aftersales_training_enrolment_action"
        )
        return {
            **action,
            "domain": [("staff_id", "=", self.id)],
            "context": {"default_partner_id": self.partner_id.id},
        }
