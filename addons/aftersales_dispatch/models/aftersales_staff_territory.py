from odoo import api, fields, models


class AftersalesStaffTerritory(models.Model):
    """Where a technician is at home: a province, a city in it, or a postal code."""

    _name = "aftersales.staff.territory"
    _description = "Territory of service staff"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "staff_id, sequence, id"

    staff_id = fields.Many2one(
        "aftersales.staff", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="staff_id.dealer_id", store=True, precompute=True, default=None
    )
    sequence = fields.Integer(default=10)
    state_id = fields.Many2one(
        "res.country.state", string="Province", ondelete="restrict"
    )
    city = fields.Char(help="As it is written in addresses. Empty: all cities.")
    zip_prefix = fields.Char(
        string="Postal Code Starts With", help="Empty: all postal codes."
    )

    _not_empty = models.Constraint(
        "CHECK (state_id IS NOT NULL OR coalesce(city, '') <> '' "
        "OR coalesce(zip_prefix, '') <> '')",
        "A territory needs a province, a city or a postal code.",
    )

    @api.depends("state_id", "city", "zip_prefix")
    def _compute_display_name(self):
        for area in self:
            parts = (area.state_id.name, area.city, area.zip_prefix)
            area.display_name = " ".join(part for part in parts if part)

    def _get_fit(self, partner, place):
        """How well the area fits a customer.

        :param partner: the customer's ``res.partner``
        :param place: where the machine stands, as text
        :return: 0 not at all, 0.5 the same province, 1 the same city or postal code
        """
        self.ensure_one()
        if self.state_id and partner.state_id and self.state_id != partner.state_id:
            return 0.0
        if self.zip_prefix:
            return float((partner.zip or "").startswith(self.zip_prefix))
        if self.city:
            cities = f"{partner.city or ''} {place or ''}".lower()
            return float(self.city.strip().lower() in cities)
        same = self.state_id == partner.state_id or self.state_id.name in (place or "")
        return 0.5 if same else 0.0
