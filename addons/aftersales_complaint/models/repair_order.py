from odoo import api, fields, models


class RepairOrder(models.Model):
    _inherit = "repair.order"

    complaint_ids = fields.One2many("aftersales.complaint", "repair_id")
    complaint_count = fields.Integer(compute="_compute_complaint_count")

    @api.depends("complaint_ids")
    def _compute_complaint_count(self):
        groups = self.env["aftersales.complaint"]._read_group(
            [("repair_id", "in", self.ids)], ["repair_id"], ["__count"]
        )
        counts = {repair.id: count for repair, count in groups}
        for repair in self:
            repair.complaint_count = counts.get(repair._origin.id, 0)

    def action_open_complaints(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_complaint.aftersales_complaint_action"
        )
        return {**action, "domain": [("repair_id", "=", self.id)], "context": {}}
