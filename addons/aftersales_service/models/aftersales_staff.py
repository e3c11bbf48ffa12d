from odoo import fields, models

from .aftersales_dispatch import BUSY_STATES


class AftersalesStaff(models.Model):
    _inherit = "aftersales.staff"

    dispatch_ids = fields.One2many("aftersales.dispatch", "staff_id", string="Jobs")

    def _compute_workload(self):
        result = super()._compute_workload()
        # sudo: a company technician's jobs for all dealers count
        groups = (
            self.env["aftersales.dispatch"]
            .sudo()
            ._read_group(
                [("staff_id", "in", self.ids), ("state", "in", BUSY_STATES)],
                ["staff_id"],
                ["__count"],
            )
        )
        counts = {staff.id: count for staff, count in groups}
        for staff in self:
            staff.workload += counts.get(staff.id, 0)
        return result
