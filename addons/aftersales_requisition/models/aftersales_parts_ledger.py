from odoo import api, fields, models


class AftersalesPartsLedger(models.Model):
    """The ledger also names the requisition and the technician who carries the part."""

    _inherit = "aftersales.parts.ledger"

    requisition_id = fields.Many2one(
        "aftersales.parts.requisition", string="Requisition", readonly=True
    )

    _depends = {
        "stock.move": ["requisition_entry_id", "requisition_line_id"],
        "aftersales.parts.requisition": ["name", "staff_id"],
        "aftersales.parts.requisition.entry": ["requisition_id"],
        "aftersales.parts.requisition.line": ["requisition_id"],
    }

    @api.model
    def _get_columns(self):
        columns = super()._get_columns()
        return {
            **columns,
            "reference": f"COALESCE(handing.name, {columns['reference']})",
            "staff_id": f"COALESCE({columns['staff_id']}, handing.staff_id, "
            "needing.staff_id)",
            "user_id": f"COALESCE(handed.user_id, {columns['user_id']})",
            "requisition_id": "COALESCE(handing.id, needing.id)",
        }

    @api.model
    def _get_joins(self):
        return [
            *super()._get_joins(),
            "aftersales_parts_requisition_entry handed "
            "ON handed.id = move.requisition_entry_id",
            "aftersales_parts_requisition handing ON handing.id = handed.requisition_id",
            "aftersales_parts_requisition_line used "
            "ON used.id = move.requisition_line_id",
            "aftersales_parts_requisition needing ON needing.id = used.requisition_id",
        ]

    @api.model
    def _get_document_fields(self):
        return ["repair_id", "requisition_id", *super()._get_document_fields()]
