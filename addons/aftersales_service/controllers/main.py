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
