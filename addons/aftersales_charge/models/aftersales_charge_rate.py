from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

RATE_KINDS = [
    ("labour", "Labour (per hour)"),
    ("travel", "Travel (per km)"),
    ("night", "Night Work (per visit)"),
]
SERVICE_PRODUCTS = {
    "labour": "aftersales_charge.product_product_labour",
    "travel": "aftersales_charge.product_product_travel",
    "night": "aftersales_charge.product_product_night",
    "other": "aftersales_charge.product_product_other",
}


class AftersalesChargeRate(models.Model):
    """A published price of service work, valid for a time.

    Together with the published price list of parts it is what an end customer pays out
    of cover. A grade's own rate goes before the one for all. What has no published
    price is not charged.
    """

    _name = "aftersales.charge.rate"
    _description = "Published service rate"
    _order = "kind, date_from desc, id desc"

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(selection=RATE_KINDS, required=True, default="labour")
    price = fields.Float(
        digits="Product Price",
        required=True,
        help="In the company's currency; whether tax is included says the product's "
        "tax.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    grade_id = fields.Many2one(
        "aftersales.dealer.grade",
        string="Dealer Grade",
        ondelete="restrict",
        help="Holds for repairs of dealers of this grade only; empty for all, and for "
        "the company's own repairs.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Invoiced as",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        ondelete="restrict",
        domain=[("type", "=", "service")],
        help="Brings the taxes and the income account.",
    )
    date_from = fields.Date(required=True, default=fields.Date.context_today)
    date_to = fields.Date(help="Last day; empty while it holds.")

    _price_positive = models.Constraint(
        "CHECK (price >= 0)", "A published rate cannot be below zero."
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A rate's last day cannot lie before its first.",
    )
    _start_uniq = models.UniqueIndex(
        "(company_id, kind, COALESCE(grade_id, 0), date_from)",
        "A rate of this kind starts on the same day already.",
    )

    @api.depends("kind", "grade_id", "price", "currency_id")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for rate in self:
            grade = f" · {rate.grade_id.name}" if rate.grade_id else ""
            price = rate.currency_id.format(rate.price) if rate.currency_id else ""
            rate.name = f"{kinds.get(rate.kind, '')}{grade}: {price}"

    @api.depends("kind")
    def _compute_product_id(self):
        for rate in self:
            rate.product_id = self._get_service_product(rate.kind)

    @api.model
    def _get_service_product(self, kind):
        """The service that a kind of work is invoiced as, unless a rate says else."""
        product = self.env["product.product"]
        xmlid = SERVICE_PRODUCTS.get(kind)
        return (xmlid and self.env.ref(xmlid, raise_if_not_found=False)) or product

    @api.constrains("kind", "grade_id", "company_id", "date_from", "date_to")
    def _check_overlap(self):
        for rate in self:
            for other in self.search(rate._get_overlap_domain(), limit=1):
                raise ValidationError(
                    self.env._(
                        "%(rate)s overlaps with the rate from %(date)s. Give that one "
                        "a last day before this one begins.",
                        rate=rate.name,
                        date=other.date_from,
                    )
                )

    def _get_overlap_domain(self):
        self.ensure_one()
        domain = (
            Domain("id", "!=", self.id)
            & Domain("kind", "=", self.kind)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("grade_id", "=", self.grade_id.id)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from))
        )
        return (
            domain & Domain("date_from", "<=", self.date_to) if self.date_to else domain
        )

    @api.model
    def _get_rates(self, company, grade, on_date):
        """The rates that hold for a repair, by kind.

        :param grade: the dealer's grade, or an empty record for the company's repairs
        :return: dict of kind to rate; a kind without a published rate is missing
        """
        rates = self.search(
            Domain("company_id", "=", company.id)
            & Domain("grade_id", "in", [*grade.ids, False])
            & Domain("date_from", "<=", on_date)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", on_date))
        )
        general_first = rates.sorted(lambda rate: bool(rate.grade_id))
        return {rate.kind: rate for rate in general_first}
