from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.portal.controllers.portal import CustomerPortal


class AftersalesTicketController(HelpdeskTicketController, CustomerPortal):
    @http.route(methods=["POST"], csrf=True)
    def support_ticket_close(self, ticket_id=None, stage_id=None, **kw):
        """Close a case on behalf of its customer.

        Mends helpdesk_mgmt, where a link anybody may follow closes anybody's ticket.
        """
        try:
            ticket = self._document_check_access("helpdesk.ticket", int(ticket_id))
            stage = request.env["helpdesk.ticket.stage"].browse(int(stage_id)).exists()
            if request.env.user._is_internal():
                ticket.sudo(False).check_access("write")
        except (AccessError, MissingError, TypeError, ValueError):
            return request.redirect("/my")
        try:
            # sudo: customers have no right to stages; the ticket checks which they may
            # choose
            ticket._close_by_customer(stage.sudo())
        except UserError:
            return request.redirect(f"/my/ticket/{ticket.id}?close_refused=1")
        return request.redirect(f"/my/ticket/{ticket.id}")

    def _get_create_new_ticket_values(self, **kw):
        values = super()._get_create_new_ticket_values(**kw)
        customer = request.env.user.partner_id
        # sudo: customers have no right to the fault catalogue; its names are no secret
        faults = request.env["aftersales.fault"].sudo()
        asked = {"phone": customer.phone, "address": customer.contact_address_inline}
        return {
            **values,
            "faults": faults.search([("kind", "=", "symptom")]),
            "asked": {**asked, **kw},
            "problem": kw.get("problem"),
        }

    def _get_request_problem(self, asked):
        """What keeps the customer's request from being taken down, or None."""
        serial = (asked.get("serial") or "").strip()
        if not (asked.get("description") or "").strip():
            return request.env._("Tell us what is wrong.")
        if not (asked.get("phone") or "").strip():
            return request.env._("Tell us the telephone number to call you back.")
        # sudo: customers have no right to machines; only whether there is one is told
        tickets = request.env["helpdesk.ticket"].sudo()
        if serial and not tickets.new({"serial": serial}).lot_id:
            return request.env._(
                "Serial number %(serial)s is not known. Compare it with the nameplate, "
                "or leave it empty and name the model in the description.",
                serial=serial,
            )
        return None

    @http.route()
    def submit_ticket(self, **kw):
        """Take down the request, or show the form again with what is wrong."""
        problem = self._get_request_problem(kw)
        if problem:
            values = self._get_create_new_ticket_values(**{**kw, "problem": problem})
            return request.render("helpdesk_mgmt.portal_create_ticket", values)
        return super().submit_ticket(**kw)

    def _prepare_submit_ticket_vals(self, **kw):
        fault_id = kw.get("fault") or ""
        # sudo: customers have no right to the fault catalogue
        faults = request.env["aftersales.fault"].sudo()
        fault = faults.browse(int(fault_id) if fault_id.isdigit() else 0).exists()
        return {
            **super()._prepare_submit_ticket_vals(**kw),
            "partner_phone": (kw.get("phone") or "").strip(),
            "address": (kw.get("address") or "").strip(),
            "serial": (kw.get("serial") or "").strip() or False,
            "fault_id": fault.filtered(lambda f: f.kind == "symptom").id,
        }
