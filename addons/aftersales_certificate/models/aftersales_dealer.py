from odoo import fields, models
from odoo.fields import Domain


class AftersalesDealer(models.Model):
    _inherit = "aftersales.dealer"

    certified_count = fields.Integer(
        compute="_compute_certified_count",
        help="Service staff with at least one valid certificate.",
    )

    def _compute_certified_count(self):
        Staff = self.env["aftersales.staff"]
        domain = Domain("dealer_id", "in", self.ids) & Domain("is_certified", "=", True)
        counts = dict(Staff._read_group(domain, ["dealer_id"], ["__count"]))
        for dealer in self:
            dealer.certified_count = counts.get(dealer, 0)

    def action_open_certificates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_certificate.aftersales_certificate_action"
        )
        return {**action, "domain": [("dealer_id", "=", self.id)]}
