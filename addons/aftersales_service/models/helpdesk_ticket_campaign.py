from markupsafe import Markup

from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    campaign_hint = fields.Html(compute="_compute_campaign_hint")

    @api.depends("lot_id", "reported_at")
    @api.depends_context("lang")
    def _compute_campaign_hint(self):
        today = fields.Date.context_today(self)
        campaigns = self.env["aftersales.campaign"]._search_open(
            self.lot_id._origin, today
        )
        for ticket in self:
            lines = [
                Markup("<strong>%s</strong> %s")
                % (campaign.display_name, campaign.measure)
                for campaign in campaigns.get(ticket.lot_id._origin, ())
            ]
            ticket.campaign_hint = self._get_hint(lines)
