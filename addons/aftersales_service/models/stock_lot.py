from odoo import fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    ticket_ids = fields.One2many("helpdesk.ticket", "lot_id", string="Cases")
