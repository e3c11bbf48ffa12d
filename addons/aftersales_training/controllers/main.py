from odoo import http
from odoo.exceptions import UserError
from odoo.http import request


class TrainingPage(http.Controller):
    """The participant's own page, and the QR code on the door that leads to it."""

    def _get_enrolment(self, token):
        # sudo: the page's unguessable address is what its owner is known by
        Enrolment = request.env["aftersales.training.enrolment"].sudo()
        return Enrolment.search([("access_token", "=", token)], limit=1)

    def _get_theory_part(self, enrolment):
        """The questions to answer; who has a login must use it, so that nobody who
        got hold of the address answers for him."""
        partner = enrolment.partner_id
        if partner.user_ids and request.env.user.partner_id != partner:
            return enrolment.exam_ids.part_ids.browse()
        return enrolment.exam_ids.part_ids.filtered(lambda p: p._is_taken_by(partner))[
            :1
        ]

    def _render_page(self, enrolment, **values):
        part = self._get_theory_part(enrolment)
        response = request.render(
            "aftersales_training.training_page",
            {
                "enrolment": enrolment,
                "session": enrolment.session_id,
                "theory_url": part._get_theory_url() if part else False,
                **values,
            },
        )
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @http.route(
        "/aftersales/training/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def aftersales_training_page(self, token, **kwargs):
        enrolment = self._get_enrolment(token)
        if not enrolment:
            raise request.not_found()
        return self._render_page(enrolment)

    @http.route(
        "/aftersales/training/<string:token>/feedback",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def aftersales_training_feedback(self, token, rating="", text="", **kwargs):
        enrolment = self._get_enrolment(token)
        if not enrolment:
            raise request.not_found()
        try:
            number = int(rating) if rating.isdigit() else 0
            enrolment._give_feedback(number, text[:2000])
        except UserError as error:
            return self._render_page(enrolment, error=str(error))
        return self._render_page(enrolment, thanks=True)

    @http.route(
        "/aftersales/training/sign-in/<string:session_token>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def aftersales_training_sign_in(self, session_token, **kwargs):
        """Show the button on GET, sign the logged-in participant in on POST."""
        # sudo: whoever stands before the code may learn whether he is on the list
        session = (
            request.env["aftersales.training.session"]
            .sudo()
            .search([("sign_in_token", "=", session_token)], limit=1)
        )
        enrolment = session.enrolment_ids.filtered(
            lambda e: (
                e.partner_id == request.env.user.partner_id
                and e.state in ("confirmed", "attended")
            )
        )
        if not session:
            raise request.not_found()
        if not enrolment:
            return request.render(
                "aftersales_training.training_not_listed", {"session": session}
            )
        if request.httprequest.method == "POST" and enrolment.state == "confirmed":
            try:
                enrolment._sign_in("qr")
            except UserError as error:
                return self._render_page(enrolment, error=str(error))
        return self._render_page(
            enrolment,
            sign_in_url=request.httprequest.path
            if enrolment.state == "confirmed"
            else False,
        )
