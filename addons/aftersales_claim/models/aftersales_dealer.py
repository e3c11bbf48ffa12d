from odoo import fields, models


class AftersalesDealer(models.Model):
    _inherit = "aftersales.dealer"

    claim_ids = fields.One2many("aftersales.claim", "dealer_id", string="Claims")
    claim_count = fields.Integer(compute="_compute_claim_counts")
    settlement_count = fields.Integer(compute="_compute_claim_counts")

    def _compute_claim_counts(self):
        counts = {}
        for model in ("aftersales.claim", "aftersales.settlement"):
            counts[model] = {
                dealer.id: count
                for dealer, count in self.env[model]._read_group(
                    [("dealer_id", "in", self.ids)], ["dealer_id"], ["__count"]
                )
            }
        for dealer in self:
            dealer.claim_count = counts["aftersales.claim"].get(dealer.id, 0)
            dealer.settlement_count = counts["aftersales.settlement"].get(dealer.id, 0)

    def action_open_claims(self):
        return self._open_own("aftersales_claim.aftersales_claim_action")

    def action_open_settlements(self):
        return self._open_own("aftersales_claim.aftersales_settlement_action")

    def _open_own(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {**action, "domain": [("dealer_id", "=", self.id)], "context": {}}
