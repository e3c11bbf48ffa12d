import binascii

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import CustomerPortal

REPORT = "aftersales_charge.report_quotation_action"
# A draft has not been offered to anybody yet.
HIDDEN_STATES = ("draft",)
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}
URL = "/my/aftersales/quotations/<int:quotation_id>"


class AftersalesQuotationPortal(CustomerPortal):
    """The one quotation behind the link that its customer was given."""

    def _get_aftersales_quotation(self, quotation_id, access_token):
        """The quotation of this token (under sudo), or 404.

        Only the token opens it: an account of ours, internal or not, does not.
        """
        try:
            if not access_token:
                raise AccessError(request.env._("The link is incomplete."))
            quotation = self._document_check_access(
                "aftersales.quotation", quotation_id, access_token
            )
        except (AccessError, MissingError) as error:
            raise request.not_found() from error
        is_right = consteq(quotation.access_token or "", access_token)
        if not is_right or quotation.state in HIDDEN_STATES:
            raise request.not_found()
        return quotation

    @http.route(URL, type="http", auth="public", website=True, sitemap=False)
    def aftersales_quotation_page(
        self, quotation_id, access_token=None, report_type=None, **params
    ):
        """Show the quotation, or its paper with ``report_type=pdf``."""
        quotation = self._get_aftersales_quotation(quotation_id, access_token)
        if report_type == "pdf":
            return self._show_report(
                quotation, "pdf", REPORT, download=bool(params.get("download"))
            )
        values = {
            "quotation": quotation,
            "page_name": "aftersales_quotation",
            "message": params.get("message"),
            "is_open": quotation._is_open_for_customer(),
        }
        return request.render(
            "aftersales_charge.portal_quotation_page", values, headers=HEADERS
        )

    @http.route(f"{URL}/accept", type="jsonrpc", auth="public", website=True)
    def aftersales_quotation_accept(
        self, quotation_id, access_token=None, name=None, signature=None
    ):
        """The customer's name and signature."""
        token = access_token or request.httprequest.args.get("access_token")
        quotation = self._get_aftersales_quotation(quotation_id, token)
        try:
            # a refused answer leaves nothing behind, not even half a version
            with request.env.cr.savepoint():
                quotation._accept("portal", name, signature)
        except UserError as error:
            return {"error": str(error)}
        except (TypeError, ValueError, binascii.Error):
            return {"error": request.env._("The signature cannot be read. Sign again.")}
        url = quotation.get_portal_url(query_string="&message=accepted")
        return {"force_refresh": True, "redirect_url": url}

    @http.route(
        f"{URL}/refuse", type="http", auth="public", methods=["POST"], website=True
    )
    def aftersales_quotation_refuse(
        self, quotation_id, access_token=None, reason=None, **_params
    ):
        """The customer does not want it, and says why."""
        quotation = self._get_aftersales_quotation(quotation_id, access_token)
        message = "reason"
        if (reason or "").strip():
            try:
                with request.env.cr.savepoint():
                    quotation.action_refuse(reason.strip()[:500])
                message = "refused"
            except UserError:
                message = "closed"
        url = quotation.get_portal_url(query_string=f"&message={message}")
        return request.redirect(url)
