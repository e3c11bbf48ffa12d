from odoo import api, fields, models

from .aftersales_warranty_card import DEAD_STATES


class StockLot(models.Model):
    _inherit = "stock.lot"

    card_ids = fields.One2many(
        "aftersales.warranty.card", "lot_id", string="Warranty Cards"
    )
    card_id = fields.Many2one(
        "aftersales.warranty.card",
        string="Warranty Card",
        compute="_compute_card_id",
        help="The live card of this serial number.",
    )

    @api.depends_context("uid")
    @api.depends("card_ids.state")
    def _compute_card_id(self):
        # a search, not the one2many: the fence decides which card this user may see
        cards = self.env["aftersales.warranty.card"].search(
            [("lot_id", "in", self.ids), ("state", "not in", DEAD_STATES)]
        )
        by_lot = {card.lot_id.id: card for card in cards}
        for lot in self:
            lot.card_id = by_lot.get(lot._origin.id, False)

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            # sudo: the cards repeat the number, whoever corrects it
            self.sudo().card_ids.serial = vals["name"]
        return result

    def action_open_card(self):
        """Open the live card of the machine."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "aftersales.warranty.card",
            "res_id": self.card_id.id,
            "views": [(False, "form")],
        }
