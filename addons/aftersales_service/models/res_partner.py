from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    service_level_id = fields.Many2one(
        "aftersales.service.level",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
        help="What this customer was promised; his cases start with it.",
    )
    helpdesk_team_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Service Team",
        ondelete="set null",
        index="btree_not_null",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
        help="The team that looks after this customer; his cases go to it.",
    )
