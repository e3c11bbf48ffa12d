from odoo import api, fields, models


class AftersalesDispatch(models.Model):
    _inherit = "aftersales.dispatch"

    requisition_ids = fields.One2many("aftersales.parts.requisition", "dispatch_id")
    requisition_count = fields.Integer(compute="_compute_requisition_count")

    @api.depends("requisition_ids")
    def _compute_requisition_count(self):
        for job in self:
            job.requisition_count = len(job.requisition_ids)

    def action_request_parts(self):
        """Open a new requisition for this job."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_requisition.aftersales_parts_requisition_action"
            ),
            "views": [(False, "form")],
            "context": {"default_dispatch_id": self.id},
        }

    def action_open_requisitions(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_requisition.aftersales_parts_requisition_action"
            ),
            "domain": [("dispatch_id", "=", self.id)],
            "context": {"default_dispatch_id": self.id},
        }
