from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PER_PAGE = 20


class FollowupPortal(CustomerPortal):
    """The customer's own follow-ups, those that wait for him first."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "aftersales_followup_count" in counters:
            followups = request.env["aftersales.followup"]
            values["aftersales_followup_count"] = (
                followups.search_count([]) if followups.has_access("read") else 0
            )
        return values

    @http.route(
        ["/my/follow-ups", "/my/follow-ups/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def aftersales_portal_followups(self, page=1, **_params):
        """List the follow-ups of the customer who is logged in."""
        followups = request.env["aftersales.followup"]
        pages = pager(
            url="/my/follow-ups",
            total=followups.search_count([]),
            page=page,
            step=PER_PAGE,
        )
        rows = followups.search([], limit=PER_PAGE, offset=pages["offset"])
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "aftersales_followup",
            # sudo: they are his own, which the search has made sure of; their machines
            # and pages are closed to him
            "followups": rows.sudo(),
            "pager": pages,
        }
        return request.render("aftersales_followup.portal_my_followups", values)
