from odoo import api, fields, models


class RepairOrder(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "repair.order"

    campaign_ids = fields.Many2many(
        "aftersales.campaign",
        "aftersales_campaign_repair_rel",
        string="Campaigns Done",
        copy=False,
        help="Campaigns whose measure was taken on this machine with this repair.",
    )
    open_campaign_ids = fields.Many2many(
        "aftersales.campaign",
        string="Open Campaigns",
        compute="_compute_open_campaign_ids",
        help="Still to be done on this machine.",
    )

    @api.depends("lot_id", "state")
    def _compute_open_campaign_ids(self):
        today = fields.Date.context_today(self)
        campaigns = self.env["aftersales.campaign"]._search_open(
            self.lot_id._origin, today
        )
        for repair in self:
            repair.open_campaign_ids = campaigns.get(repair.lot_id._origin, False)

    @api.model
    def _get_dealer_fields(self):
        return super()._get_dealer_fields() | {"campaign_ids"}
