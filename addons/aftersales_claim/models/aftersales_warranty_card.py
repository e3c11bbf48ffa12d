from odoo import fields, models


class AftersalesWarrantyCard(models.Model):
    _inherit = "aftersales.warranty.card"

    claim_count = fields.Integer(compute="_compute_claim_count")

    def _compute_claim_count(self):
        groups = self.env["aftersales.claim"]._read_group(
            [("card_id", "in", self.ids)], ["card_id"], ["__count"]
        )
        counts = {card.id: count for card, count in groups}
        for card in self:
            card.claim_count = counts.get(card.id, 0)

    def action_open_claims(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_claim.aftersales_claim_action"
        )
        return {**action, "domain": [("card_id", "=", self.id)], "context": {}}
