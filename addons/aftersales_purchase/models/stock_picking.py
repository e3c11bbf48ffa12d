from odoo import api, fields, models

from odoo.addons.aftersales_dealer.models.product_template import COST_GROUPS


class StockPicking(models.Model):
    _inherit = "stock.picking"

    incoming_inspection_ids = fields.One2many(
        "aftersales.incoming.inspection", "picking_id", groups=COST_GROUPS
    )
    incoming_inspection_count = fields.Integer(
        compute="_compute_incoming_inspection_count", groups=COST_GROUPS
    )

    @api.depends("incoming_inspection_ids")
    def _compute_incoming_inspection_count(self):
        for picking in self:
            picking.incoming_inspection_count = len(picking.incoming_inspection_ids)

    def button_validate(self):
        """Ask for the inspections that are missing instead of validating."""
        pending = self._get_counted_moves()._ask_for_inspection()
        if pending:
            return pending._get_records_action(
                name=self.env._("To inspect before the goods are booked")
            )
        return super().button_validate()

    def _get_counted_moves(self):
        """The lines that validating would book."""
        moves = self.env["stock.move"]
        for picking in self:
            counted = picking.move_ids.filtered("quantity")
            moves |= counted.filtered("picked") or counted
        return moves

    def action_open_incoming_inspections(self):
        """The inspections of this receipt."""
        return self.incoming_inspection_ids._get_records_action(
            name=self.env._("Incoming Inspections")
        )

    def action_cancel(self):
        """Nothing is left to look at on a receipt that does not come."""
        result = super().action_cancel()
        # sudo: the receipt is cancelled by whoever may; its inspections follow
        pending = self.sudo().incoming_inspection_ids.filtered(
            lambda i: i.state == "pending" and i.move_id.state == "cancel"
        )
        pending.action_cancel()
        return result
