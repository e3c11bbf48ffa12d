from odoo import http
from odoo.http import request


class CertificateCheck(http.Controller):
    """What the QR code on a printed certificate leads to."""

    @http.route(
        "/aftersales/certificate/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def aftersales_certificate_check(self, token, **kwargs):
        """Say valid, expired or withdrawn; no name, no dealer, no marks."""
        # sudo: the public may not read certificates; number and status only leave here
        certificate = (
            request.env["aftersales.certificate"]
            .sudo()
            .search([("access_token", "=", token)], limit=1)
        )
        values = {
            "number": certificate.name,
            "status": certificate.status if certificate else "unknown",
        }
        response = request.render("aftersales_certificate.certificate_check", values)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        if not certificate:
            response.status_code = 404
        return response
