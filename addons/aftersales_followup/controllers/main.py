from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

POINTS = ("1", "2", "3", "4", "5")
MAX_LENGTH = 2000


class FollowupPage(http.Controller):
    """The page on which a customer answers, behind the link of his mail."""

    @http.route(
        "/aftersales/follow-up/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def aftersales_followup_page(self, token, **form):
        """Ask, thank, or say that it is too late; 404 for any other token."""
        followup = request.env["aftersales.followup"]._get_by_token(token)
        if not followup:
            raise request.not_found()
        request.update_context(lang=followup._get_customer_lang())
        followup = followup.with_context(lang=request.env.lang)
        status, error = followup._get_link_status(), ""
        if request.httprequest.method == "POST" and status == "open":
            status, error = self._take_answer(followup, form)
        return self._render_page(followup, status, error, form)

    def _take_answer(self, followup, form):
        answers = self._read_form(form)
        if not answers["score"]:
            return "open", request.env._("Please choose an overall score.")
        own = not request.env.user._is_public()
        try:
            followup._answer_by_customer(answers, "portal" if own else "mail")
        except UserError:
            return "done", ""  # a second click was faster
        return "thanks", ""

    def _read_form(self, form):
        """What the customer filled in; anything else than points is left out."""
        questions = {}
        for name, value in form.items():
            key = name.removeprefix("question_")
            if key != name and key.isdigit() and value in POINTS:
                questions[int(key)] = value
        reasons = request.httprequest.form.getlist("reason_ids")
        return {
            "score": form.get("score") if form.get("score") in POINTS else False,
            "reason": (form.get("reason") or "").strip()[:MAX_LENGTH],
            "suggestion": (form.get("suggestion") or "").strip()[:MAX_LENGTH],
            "questions": questions,
            "reason_ids": [int(value) for value in reasons if value.isdigit()],
        }

    def _render_page(self, followup, status, error, form):
        reasons = request.env["aftersales.followup.reason"].sudo().search([])
        values = {
            "followup": followup,
            "status": status,
            "error": error,
            "form": form,
            "points": POINTS,
            # sudo: visitors have no right to the list of reasons; its names are asked
            "reasons": reasons,
        }
        response = request.render("aftersales_followup.followup_page", values)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "private, no-store"
        if status == "expired":
            response.status_code = 410
        return response
