from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    quotation_ids = fields.One2many("aftersales.quotation", "ticket_id")
    quotation_count = fields.Integer(compute="_compute_quotation_count")
    reminder_ids = fields.One2many("aftersales.service.reminder", "ticket_id")

    @api.depends("quotation_ids")
    def _compute_quotation_count(self):
        for ticket in self:
            ticket.quotation_count = len(ticket.quotation_ids)

    def action_quote(self):
        """Quote work before a technician goes, or see what was quoted."""
        self.ensure_one()
        if self.quotation_ids:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_charge.aftersales_quotation_action"
            )
            context = {"default_ticket_id": self.id}
            return {
                **action,
                "domain": [("ticket_id", "=", self.id)],
                "context": context,
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quotation"),
            "res_model": "aftersales.quotation",
            "views": [(False, "form")],
            "context": {"default_ticket_id": self.id},
        }

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets._close_reminders()
        return tickets

    def write(self, vals):
        result = super().write(vals)
        if {"case_type_id", "lot_id", "serial"} & vals.keys():
            self._close_reminders()
        return result

    def _close_reminders(self):
        """A case for the service that was due closes its reminder."""
        # sudo: the dealer who serves the machine need not be the one who sold it
        self.env["aftersales.service.reminder"].sudo()._close_by_cases(self.sudo())
