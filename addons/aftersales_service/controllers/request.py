from odoo import http
from odoo.http import request

from ..models.helpdesk_ticket_request import MAX_PHOTO_BYTES, MAX_PHOTOS

URL = "/aftersales/request"
# Left empty by people, who do not see it.
TRAP = "homepage"
HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}


class AftersalesRequestPage(http.Controller):
    """Where somebody without a login asks for service."""

    @http.route(
        URL,
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        max_content_length=(MAX_PHOTOS + 1) * MAX_PHOTO_BYTES,
    )
    def aftersales_request_page(self, **form):
        """Ask, or take down what was asked; 404 where the form is switched off."""
        if not request.env.company.aftersales_request_limit:
            raise request.not_found()
        asked = request.env["helpdesk.ticket"]._read_request(form)
        if request.httprequest.method == "GET":
            return self._render_form(asked)
        photos = self._read_photos()
        status, problem = self._get_problem(form, asked, photos)
        if problem:
            return self._render_form(asked, problem, status)
        case = request.env["helpdesk.ticket"]._take_request(
            asked, photos, request.httprequest.remote_addr
        )
        request.session["aftersales_request"] = case.number
        return request.redirect(f"{URL}/received")

    def _read_photos(self):
        """Contents of the files; one more than is wanted of each and of all."""
        files = request.httprequest.files.getlist("photos")[: MAX_PHOTOS + 1]
        contents = [file.read(MAX_PHOTO_BYTES + 1) for file in files]
        return [content for content in contents if content]

    def _get_problem(self, form, asked, photos):
        """Pair of status and sentence; (200, None) if there is none."""
        cases = request.env["helpdesk.ticket"]
        refusal = cases._get_request_refusal(asked, photos)
        if form.get(TRAP):
            refusal = request.env._("Leave the last field empty, and send it again.")
        if refusal:
            return 422, refusal
        if not cases._is_request_allowed(request.httprequest.remote_addr):
            return 429, request.env._(
                "Several requests have come from your connection within an hour. Your "
                "last one was not taken down: please call us."
            )
        return 200, None

    def _render_form(self, asked, problem=None, status=200):
        values = {"asked": asked, "problem": problem, "trap": TRAP}
        response = request.render(
            "aftersales_service.request_page", values, headers=HEADERS
        )
        response.status_code = status
        return response

    @http.route(
        f"{URL}/received",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def aftersales_request_received(self, **_params):
        """Thank him who has just asked, with the number of his case."""
        number = request.session.get("aftersales_request")
        if not number:
            return request.redirect(URL)
        return request.render(
            "aftersales_service.request_received_page",
            {"number": number},
            headers=HEADERS,
        )
