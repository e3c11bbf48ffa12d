from odoo import fields, models


class AftersalesClaimType(models.Model):
    """What sort of claim it is, and who decides how much of the cost it asks for.

    A normal claim asks for the shares that the warranty card's verdict grants.
    Goodwill, campaign, pre-delivery and pre-sale work has no verdict; such a type
    carries its own shares, and the shipped rules have a person look at it.
    """

    _name = "aftersales.claim.type"
    _description = "Claim type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(
        default=10, help="The first one is proposed for a new claim."
    )
    active = fields.Boolean(default=True)
    coverage = fields.Selection(
        [("verdict", "Warranty card"), ("fixed", "Own shares")],
        string="Shares From",
        default="verdict",
        required=True,
        help="Warranty card: what the card covers on the day of the failure. Own "
        "shares: the percentages below, whatever the card says.",
    )
    parts_share = fields.Float(string="Parts (%)", default=100.0)
    labour_share = fields.Float(string="Labour (%)", default=100.0)
    travel_share = fields.Float(string="Travel (%)", default=100.0)
    booking_ids = fields.One2many(
        "aftersales.claim.booking",
        "claim_type_id",
        string="Bookings",
        help="Where amounts of this type are booked if not as the general ones.",
    )
    description = fields.Text(translate=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A claim type with this code exists."
    )
    _shares_percent = models.Constraint(
        "CHECK (parts_share BETWEEN 0 AND 100 AND labour_share BETWEEN 0 AND 100 "
        "AND travel_share BETWEEN 0 AND 100)",
        "Shares are percentages between 0 and 100.",
    )

    def _get_share(self, kind):
        """Percentage that a type with own shares asks for on a line of ``kind``."""
        self.ensure_one()
        shares = {
            "part": self.parts_share,
            "labour": self.labour_share,
            "travel": self.travel_share,
        }
        return shares.get(kind, 100.0)
