from odoo import api, fields, models


class AftersalesDealer(models.Model):
    _inherit = "aftersales.dealer"

    credit_limit = fields.Monetary(
        string="Credit Quota",
        tracking=True,
        help="Up to this amount the dealer may get parts before he pays. 0: everything "
        "is paid before it is shipped.",
    )
    credit_used = fields.Monetary(
        compute="_compute_credit_used",
        help="What he owes, and what is confirmed for him and not invoiced yet.",
    )
    credit_available = fields.Monetary(compute="_compute_credit_used")
    credit_serial = fields.Integer(
        readonly=True,
        copy=False,
        help="Counts how often the quota was looked at, so that nobody looks at an "
        "outdated one.",
    )
    parts_order_ids = fields.One2many("aftersales.parts.order", "dealer_id")
    parts_order_count = fields.Integer(compute="_compute_parts_order_count")

    _credit_limit_positive = models.Constraint(
        "CHECK (credit_limit >= 0)", "A credit quota is not below zero."
    )

    @api.depends(
        "credit_limit",
        "parts_order_ids.state",
        "parts_order_ids.line_ids.open_quantity",
        "parts_order_ids.line_ids.invoiced_quantity",
    )
    def _compute_credit_used(self):
        # sudo: the books are closed to dealers; each learns his own sum
        dealers = self.sudo()
        owed = dealers._get_receivables()
        ordered = dealers._get_uninvoiced_orders()
        for dealer, own in zip(self, dealers, strict=True):
            used = owed.get(own._origin.id, 0.0) + ordered.get(own._origin.id, 0.0)
            currency = own.currency_id or own.env.company.currency_id
            dealer.credit_used = currency.round(used)
            dealer.credit_available = currency.round(dealer.credit_limit - used)

    def _get_receivables(self):
        """Open receivables less free payments and credit notes, by dealer id.

        In the currency of the dealer's company.
        """
        groups = self.env["account.move.line"]._read_group(
            [
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_receivable"),
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "child_of", self.partner_id.ids),
                ("reconciled", "=", False),
            ],
            ["partner_id", "company_id"],
            ["amount_residual:sum"],
        )
        owed = {}
        for partner, company, amount in groups:
            key = (partner.commercial_partner_id, company)
            owed[key] = owed.get(key, 0.0) + amount
        return {
            dealer._origin.id: owed.get((dealer.partner_id, dealer.company_id), 0.0)
            for dealer in self
        }

    def _get_uninvoiced_orders(self):
        """What is confirmed and not invoiced, tax included, by dealer id."""
        orders = self.env["aftersales.parts.order"].search(
            [
                ("dealer_id", "in", self.ids),
                ("state", "in", ("confirmed", "ready", "shipped")),
            ]
        )
        amounts = {}
        for order in orders:
            open_amount = order._get_uninvoiced_amount()
            dealer_id = order.dealer_id.id
            amounts[dealer_id] = amounts.get(dealer_id, 0.0) + open_amount
        return amounts

    def _compute_parts_order_count(self):
        counts = self._count_by_dealer("aftersales.parts.order")
        for dealer in self:
            dealer.parts_order_count = counts.get(dealer.id, 0)

    def _get_parts_pricelist(self):
        """The price list the dealer buys parts by: his grade's, or his contact's.

        Returned under sudo: dealers do not see price lists, only their prices.
        """
        self.ensure_one()
        own = self.sudo()
        partner = own.partner_id.with_company(own.company_id)
        return (
            own.grade_id.pricelist_id
            # set on the contact, also where the sales settings hide price lists
            or partner.specific_property_product_pricelist
            or partner.property_product_pricelist
        )

    def action_open_parts_orders(self):
        self.ensure_one()
        return self._open_records("aftersales_order.aftersales_parts_order_action")
