from odoo import fields, models

USAGE_UNITS = [
    ("km", "Kilometres"),
    ("hour", "Operating Hours"),
    ("cycle", "Cycles"),
    ("page", "Pages"),
]


class AftersalesWarrantyPeriod(models.Model):
    """A minimum period that a statute sets for a class of parts of a kind of goods."""

    _name = "aftersales.warranty.period"
    _description = "Statutory minimum period"
    _order = "kind_id, track, part_class_id, id"

    kind_id = fields.Many2one(
        "aftersales.warranty.kind", required=True, index=True, ondelete="cascade"
    )
    statute_id = fields.Many2one(related="kind_id.statute_id", store=True, index=True)
    part_class_id = fields.Many2one(
        "aftersales.part.class", required=True, ondelete="restrict"
    )
    track = fields.Selection(
        selection=[("repair", "Repair"), ("remedy", "Replace and Return")],
        required=True,
        default="repair",
        help="Some statutes set one period for free repair and another for replacement "
        "and return. A policy's terms are measured against the repair period.",
    )
    months = fields.Integer(required=True)
    usage_limit = fields.Float(help="0: time alone counts.")
    usage_unit = fields.Selection(selection=USAGE_UNITS)
    clause = fields.Char(required=True)
    verified = fields.Boolean(
        default=True, help="Off: taken from memory or a weak source; have it confirmed."
    )
    source = fields.Char()

    _months_positive = models.Constraint(
        "CHECK (months > 0)", "A minimum period is at least one month."
    )
    _usage_unit_set = models.Constraint(
        "CHECK (usage_limit = 0 OR usage_unit IS NOT NULL)",
        "A usage limit needs a unit.",
    )
