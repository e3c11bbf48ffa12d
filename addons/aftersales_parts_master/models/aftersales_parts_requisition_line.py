from odoo import models


class AftersalesPartsRequisitionLine(models.Model):
    _inherit = "aftersales.parts.requisition.line"

    def _get_issue_blockers(self):
        requisition = self.requisition_id
        # sudo: the machine may have been sold by another dealer; what fits is no secret
        repair, job = requisition.sudo().repair_id, requisition.sudo().dispatch_id
        machine = repair.product_id or job.product_id
        return super()._get_issue_blockers() + self.product_id._get_part_blockers(
            machine, self.product_quantity
        )
