from odoo import fields, models


class AftersalesWarrantyOwnerChange(models.TransientModel):
    """Asks who owns the machine now, and since when."""

    _name = "aftersales.warranty.owner.change"
    _description = "Change of a machine's owner"

    card_id = fields.Many2one("aftersales.warranty.card", required=True, readonly=True)
    old_partner_id = fields.Many2one(
        related="card_id.partner_id", string="Owner so far"
    )
    partner_id = fields.Many2one("res.partner", string="New Owner", required=True)
    date = fields.Date(
        string="Owner since", required=True, default=fields.Date.context_today
    )
    reason = fields.Char(string="Paper or Reason")

    def action_apply(self):
        """Record the change on the card."""
        self.ensure_one()
        self.card_id._change_owner(self.partner_id, self.date, self.reason)
