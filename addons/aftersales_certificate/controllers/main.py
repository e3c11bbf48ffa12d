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
        """Say who issued it, and valid, expired or withdrawn; no name, no marks."""
        # sudo: the public may not read certificates; issuer, number, status leave here
        certificate = (
            request.env["aftersales.certificate"]
            .sudo()
            .search([("access_token", "=", token)], limit=1)
        )
        company = certificate.company_id
        values = {
            "issuer": company.name,
            "today": company._get_local_day() if certificate else False,
            "number": certificate.name,
            "status": certificate.status if certificate else "unknown",
        }
        response = request.render("aftersales_certificate.certificate_check", values)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        if not certificate:
            response.status_code = 404
        return response
