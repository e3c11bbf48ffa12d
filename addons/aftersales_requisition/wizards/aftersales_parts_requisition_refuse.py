from odoo import fields, models


class AftersalesPartsRequisitionRefuse(models.TransientModel):
    """Why a requisition goes back to whoever asked."""

    _name = "aftersales.parts.requisition.refuse"
    _description = "Send a requisition back"

    requisition_ids = fields.Many2many(
        "aftersales.parts.requisition",
        relation="aftersales_parts_requisition_refuse_rel",
        required=True,
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        self.ensure_one()
        self.requisition_ids._refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
