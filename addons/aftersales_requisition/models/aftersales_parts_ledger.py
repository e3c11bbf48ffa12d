from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesPartsLedger(models.Model):
    """The ledger also names the requisition and the technician who carries the part."""

    _inherit = "aftersales.parts.ledger"

    requisition_id = fields.Many2one("aftersales.parts.requisition", readonly=True)

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
            "staff_id": (
                f"COALESCE({columns['staff_id']}, handing.staff_id, needing.staff_id)"
            ),
            "user_id": f"COALESCE(handed.user_id, {columns['user_id']})",
            "requisition_id": "COALESCE(handing.id, needing.id)",
        }

    @api.model
    def _get_joins(self):
        requisition = "aftersales_parts_requisition"
        return [
            *super()._get_joins(),
            f"{requisition}_entry handed ON handed.id = move.requisition_entry_id",
            f"{requisition} handing ON handing.id = handed.requisition_id",
            f"{requisition}_line used ON used.id = move.requisition_line_id",
            f"{requisition} needing ON needing.id = used.requisition_id",
        ]

    @api.model
    def _narrow_condition(self, condition):
        narrowed = super()._narrow_condition(condition)
        requisitions = self._get_linked_ids(condition, "requisition_id")
        if not requisitions:
            return narrowed
        # sudo: only the numbers of the rows, which are fenced themselves
        pieces = (
            self.env["stock.move.line"]
            .sudo()
            .search(
                [
                    "|",
                    ("move_id.requisition_line_id.requisition_id", "in", requisitions),
                    ("move_id.requisition_entry_id.requisition_id", "in", requisitions),
                ]
            )
        )
        numbers = [2 * piece + side for piece in pieces.ids for side in (0, 1)]
        return narrowed & Domain("id", "in", numbers)

    @api.model
    def _get_document_fields(self):
        return ["repair_id", "requisition_id", *super()._get_document_fields()]
