from odoo import http
from odoo.http import request


class WarrantyCardPage(http.Controller):
    """The page behind the code on a printed card."""

    @http.route(
        "/warranty/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def aftersales_warranty_card_page(self, token, **_params):
        """Show the machine, its cover and whom to call; 404 for any other token."""
        card = request.env["aftersales.warranty.card"]._get_by_token(token)
        if not card:
            raise request.not_found()
        return request.render(
            "aftersales_warranty.warranty_card_page",
            {"page": card._get_public_values(), "lang": request.env.lang or "en_US"},
            headers={
                "X-Robots-Tag": "noindex, nofollow",
                "Referrer-Policy": "no-referrer",
                "Cache-Control": "private, no-store",
            },
        )
