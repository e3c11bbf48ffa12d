from odoo import api, fields, models


class RepairOrder(models.Model):
    _inherit = "repair.order"

    requisition_ids = fields.One2many("aftersales.parts.requisition", "repair_id")
    requisition_count = fields.Integer(compute="_compute_requisition_count")

    @api.depends("requisition_ids")
    def _compute_requisition_count(self):
        for repair in self:
            repair.requisition_count = len(repair.requisition_ids)

    @api.model_create_multi
    def create(self, vals_list):
        repairs = super().create(vals_list)
        repairs._attach_requisitions()
        return repairs

    def _attach_requisitions(self):
        """What was issued for the job becomes the parts of its repair record."""
        jobs = self.filtered("dispatch_id")
        if not jobs:
            return
        # sudo: the parts were issued for this job; no right decides about it
        waiting = (
            self.env["aftersales.parts.requisition"]
            .sudo()
            .search(
                [
                    ("dispatch_id", "in", jobs.dispatch_id.ids),
                    ("repair_id", "=", False),
                    ("state", "not in", ("done", "cancelled")),
                ]
            )
        )
        for repair in jobs:
            mine = waiting.filtered(lambda r, d=repair.dispatch_id: r.dispatch_id == d)
            mine._attach_to_repair(repair)
            waiting -= mine

    def action_request_parts(self):
        """Open a new requisition for this repair record."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_requisition.aftersales_parts_requisition_action"
            ),
            "views": [(False, "form")],
            "context": {"default_repair_id": self.id},
        }

    def action_open_requisitions(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_requisition.aftersales_parts_requisition_action"
            ),
            "domain": [("repair_id", "=", self.id)],
            "context": {"default_repair_id": self.id},
        }
