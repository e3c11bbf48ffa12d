from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    """Which team a case lies with."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    team_id = fields.Many2one(
        help="The customer's own team, else the case type's, else the assigned user's "
        "first one. A team that you choose stays."
    )
    # What was proposed last: a team that differs from it was chosen.
    routed_team_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Proposed Team",
        compute="_compute_team_id",
        store=True,
        copy=False,
    )

    @api.depends("partner_id", "case_type_id", "user_id")
    def _compute_team_id(self):
        """Follow the customer and the case type; a team that was chosen stays.

        Mends helpdesk_mgmt, where a team once set is never looked at again.
        """
        for ticket in self:
            routed = ticket._get_routed_team()
            is_chosen = ticket.team_id and ticket.team_id != ticket.routed_team_id
            if not is_chosen and routed != ticket.routed_team_id:
                ticket.team_id = routed
            ticket.team_id = ticket.team_id or ticket.user_id.helpdesk_team_ids[:1]
            ticket.routed_team_id = routed

    def _get_routed_team(self):
        """The team that customer and case type ask for; extension point."""
        self.ensure_one()
        # sudo: a customer's team is hidden from dealers
        customer = self.sudo().partner_id.commercial_partner_id
        team = customer.helpdesk_team_id or self.case_type_id.team_id
        return team.sudo(self.env.su)
