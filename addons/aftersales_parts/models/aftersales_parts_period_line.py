from odoo import api, fields, models


class AftersalesPartsPeriodLine(models.Model):
    """One part at one place: opening + in − out = closing, held against the stock."""

    _name = "aftersales.parts.period.line"
    _description = "Parts period figures"
    _order = "period_id, location_id, product_id"
    _rec_name = "product_id"

    period_id = fields.Many2one(
        "aftersales.parts.period", required=True, ondelete="cascade", index=True
    )
    # The fence goes by the period: its owner sees all of its lines.
    dealer_id = fields.Many2one(related="period_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="period_id.company_id", store=True)
    product_id = fields.Many2one("product.product", string="Part", required=True)
    default_code = fields.Char(related="product_id.default_code", string="Part No.")
    location_id = fields.Many2one("stock.location", string="Place", required=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    opening = fields.Float(digits="Product Unit")
    incoming = fields.Float(string="In", digits="Product Unit")
    outgoing = fields.Float(string="Out", digits="Product Unit")
    closing = fields.Float(
        digits="Product Unit", compute="_compute_closing", store=True
    )
    later = fields.Float(
        string="Moved Since",
        digits="Product Unit",
        help="In less out between the end of the period and the moment of the figures.",
    )
    on_hand = fields.Float(
        digits="Product Unit",
        help="What the stock said at the moment of the figures.",
    )
    difference = fields.Float(
        digits="Product Unit",
        compute="_compute_closing",
        store=True,
        help="Closing and what moved since, less what is on hand. Should be nothing.",
    )

    @api.depends("opening", "incoming", "outgoing", "later", "on_hand")
    def _compute_closing(self):
        for line in self:
            line.closing = line.opening + line.incoming - line.outgoing
            line.difference = line.product_id.uom_id.round(
                line.closing + line.later - line.on_hand
            )

    def action_open_ledger(self):
        """The movements behind the figures."""
        self.ensure_one()
        begin, end = self.period_id._get_moments()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_parts_ledger_action"
            ),
            "domain": [
                ("product_id", "=", self.product_id.id),
                ("location_id", "=", self.location_id.id),
                ("date", ">=", fields.Datetime.to_string(begin)),
                ("date", "<", fields.Datetime.to_string(end)),
            ],
            "context": {},
        }
