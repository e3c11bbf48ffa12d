from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

CLAIM_KINDS = [
    ("part", "Parts"),
    ("labour", "Labour"),
    ("travel", "Travel"),
    ("freight", "Freight"),
    ("other", "Other"),
]
ADJUSTMENT_KINDS = [
    ("reward", "Reward"),
    ("old_part", "Old-part deduction"),
    ("appraisal", "Appraisal deduction"),
    ("administrative", "Administrative deduction"),
]


class AftersalesClaimBooking(models.Model):
    """How an amount of a settlement reaches the books: product, account, taxes.

    One general record per kind, and more special ones per claim type where wanted. The
    account may be a provision for warranties or a sales allowance; it is the
    accountant's choice, not the code's. Empty fields fall back on the product.
    """

    _name = "aftersales.claim.booking"
    _description = "Booking of claim amounts"
    _order = "kind, claim_type_id"

    kind = fields.Selection(CLAIM_KINDS + ADJUSTMENT_KINDS, required=True)
    claim_type_id = fields.Many2one(
        "aftersales.claim.type",
        ondelete="cascade",
        index=True,
        help="Empty: for all claim types that have no booking of their own.",
    )
    product_id = fields.Many2one(
        "product.product", required=True, domain=[("type", "=", "service")]
    )
    account_id = fields.Many2one(
        "account.account",
        company_dependent=True,
        help="Account of the credit note's line, e.g. the provision for warranties. "
        "Empty: the product's income account.",
    )
    is_taxed = fields.Boolean(
        string="Taxed",
        default=True,
        help="Untick for amounts that are no consideration, such as fines.",
    )
    tax_ids = fields.Many2many(
        "account.tax",
        string="Taxes",
        domain=[("type_tax_use", "=", "sale")],
        help="Empty: the product's sales taxes, then the company's default sales tax.",
    )

    _kind_uniq = models.UniqueIndex(
        "(kind, COALESCE(claim_type_id, 0))",
        "There is a booking for this kind and claim type already.",
    )

    @api.constrains("tax_ids")
    def _check_tax_ids(self):
        for booking in self:
            booking._check_taxes_excluded(booking.tax_ids)

    @api.depends("kind", "claim_type_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for booking in self:
            parts = (labels.get(booking.kind), booking.claim_type_id.name)
            booking.display_name = " / ".join(part for part in parts if part)

    @api.model
    def _check_taxes_excluded(self, taxes):
        """Claims are priced without tax, so the tax has to come on top.

        :raises ValidationError: names the tax that is included in the price
        """
        included = taxes.flatten_taxes_hierarchy().filtered("price_include")
        if included:
            raise ValidationError(
                self.env._(
                    "Claims are settled at prices without tax, but the tax %(tax)s is "
                    "included in the price. Choose a tax that comes on top.",
                    tax=included[0].display_name,
                )
            )

    @api.model
    def _get_all(self):
        """All bookings, by ``(kind, claim type id or False)``."""
        return {
            (booking.kind, booking.claim_type_id.id): booking
            for booking in self.search([])
        }

    @api.model
    def _get_for(self, bookings, kind, claim_type):
        """The booking of a kind and claim type.

        :raises UserError: there is none; says where to create it
        """
        booking = bookings.get((kind, claim_type.id)) or bookings.get((kind, False))
        if not booking:
            labels = dict(self._fields["kind"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "There is no booking for amounts of kind “%(kind)s”. Create it in "
                    "Configuration / Claim Bookings.",
                    kind=labels[kind],
                )
            )
        return booking

    def _get_taxes(self, company, fiscal_position):
        """Taxes of the credit note's line, mapped by the dealer's fiscal position."""
        self.ensure_one()
        if not self.is_taxed:
            return self.env["account.tax"]
        taxes = (
            self.tax_ids._filter_taxes_by_company(company)
            or self.product_id.taxes_id._filter_taxes_by_company(company)
            or company.account_sale_tax_id
        )
        taxes = fiscal_position.map_tax(taxes)
        self._check_taxes_excluded(taxes)
        return taxes
