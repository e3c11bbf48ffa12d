from odoo import api, fields, models


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "aftersales.archive.page.mixin"]

    _archive_field = "lot_id"

    archive_partner_id = fields.Many2one(
        "res.partner", string="Present Owner", compute="_compute_archive_partner_id"
    )

    @api.depends_context("uid")
    @api.depends("card_ids.partner_id", "card_ids.state")
    def _compute_archive_partner_id(self):
        for lot in self:
            lot.archive_partner_id = lot.card_id.partner_id
