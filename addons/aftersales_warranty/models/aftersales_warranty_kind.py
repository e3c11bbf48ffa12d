from odoo import api, fields, models


class AftersalesWarrantyKind(models.Model):
    """A kind of goods as a statute names it (tractor of 18 kW or more, fridge …)."""

    _name = "aftersales.warranty.kind"
    _description = "Kind of goods in a statute"
    _order = "statute_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    statute_id = fields.Many2one(
        "aftersales.warranty.statute", required=True, index=True, ondelete="cascade"
    )
    industry = fields.Selection(related="statute_id.industry", store=True)
    period_ids = fields.One2many(
        "aftersales.warranty.period", "kind_id", string="Minimum Periods"
    )
    depreciation_rate = fields.Float(
        string="Depreciation (% per Day)",
        digits=(6, 3),
        help="Part of the invoice price, in percent per day of use, that a refund is "
        "reduced by where the statute allows it.",
    )
    depreciation_clause = fields.Char()
    main_parts = fields.Text(
        translate=True, help="Parts that the statute calls main parts."
    )
    period_summary = fields.Char(string="Periods", compute="_compute_period_summary")
    verified = fields.Boolean(default=True)
    source = fields.Char()

    _code_uniq = models.Constraint("UNIQUE (code)", "A kind with this code exists.")

    @api.depends("period_ids.months", "period_ids.part_class_id")
    def _compute_period_summary(self):
        for kind in self:
            kind.period_summary = ", ".join(
                self.env._(
                    "%(part)s %(months)s months",
                    part=period.part_class_id.name,
                    months=period.months,
                )
                for period in kind.period_ids
                if period.track == "repair"
            )
