from odoo import fields, models


class HelpdeskTicketDuplicateWizard(models.TransientModel):
    """Which case goes on; mends helpdesk_mgmt, which tells nobody."""

    _inherit = "helpdesk.ticket.duplicate.wizard"

    ticket_id = fields.Many2one(ondelete="cascade")
    duplicate_of_id = fields.Many2one(string="Goes on as", ondelete="cascade")

    def action_confirm(self):
        """Close the case as a duplicate and open the one that goes on."""
        self.ensure_one()
        self.ticket_id._mark_duplicate(self.duplicate_of_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": self.duplicate_of_id.id,
            "view_mode": "form",
        }
