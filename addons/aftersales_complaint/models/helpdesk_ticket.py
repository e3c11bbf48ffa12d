from odoo import api, fields, models
from odoo.tools import html2plaintext


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    complaint_ids = fields.One2many("aftersales.complaint", "ticket_id")
    complaint_count = fields.Integer(compute="_compute_complaint_count")
    can_register_complaint = fields.Boolean(compute="_compute_complaint_count")

    @api.depends("complaint_ids", "case_type_id.is_complaint")
    def _compute_complaint_count(self):
        groups = self.env["aftersales.complaint"]._read_group(
            [("ticket_id", "in", self.ids)], ["ticket_id"], ["__count"]
        )
        counts = {ticket.id: count for ticket, count in groups}
        for ticket in self:
            count = counts.get(ticket._origin.id, 0)
            ticket.complaint_count = count
            ticket.can_register_complaint = (
                ticket.case_type_id.is_complaint and not count
            )

    def action_register_complaint(self):
        """Take the case's complaint down, or open the one that there is."""
        self.ensure_one()
        self.check_access("write")
        # sudo: a dealer's agent takes complaints down, but they are the company's
        complaint = self.sudo().complaint_ids[:1]
        if not complaint:
            complaint = complaint.create(self._prepare_complaint_vals())
        return {
            "type": "ir.actions.act_window",
            "res_model": "aftersales.complaint",
            "res_id": complaint.id,
            "view_mode": "form",
        }

    def _prepare_complaint_vals(self):
        """Values of the complaint of a case; extension point."""
        self.ensure_one()
        complaint_class = self.env.ref("aftersales_complaint.class_other")
        user = self.env.user.filtered(lambda user: not user.is_dealer)
        return {
            "ticket_id": self.id,
            "summary": self.name or self.display_name,
            "description": self._get_plain_description(),
            "class_id": complaint_class.id,
            "severity": self.severity or "2",
            "received_at": self.reported_at,
            "company_id": (self.company_id or self.env.company).id,
            "user_id": user.id or complaint_class.user_id.id,
        }

    def _get_plain_description(self):
        self.ensure_one()
        return html2plaintext(self.description or "")

    def action_open_complaints(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_complaint.aftersales_complaint_action"
        )
        return {
            **action,
            "domain": [("ticket_id", "=", self.id)],
            "context": {"default_ticket_id": self.id},
        }
