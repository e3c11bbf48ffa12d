from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesPartsOrder(models.Model):
    """What a dealer gets before he pays."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.order"

    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    credit_available = fields.Monetary(
        related="dealer_id.credit_available",
        currency_field="company_currency_id",
        help="The dealer's quota less what he owes and what is confirmed for him.",
    )
    is_above_quota = fields.Boolean(
        string="Above Quota", compute="_compute_is_above_quota"
    )

    @api.depends("amount_total", "payment_mode", "state", "dealer_id")
    def _compute_is_above_quota(self):
        for order in self:
            order.is_above_quota = (
                order.state in ("draft", "submitted")
                and order.payment_mode == "credit"
                and order._get_excess() > 0
            )

    def _get_excess(self):
        """By how much the order exceeds the quota, in company currency; 0 if not."""
        self.ensure_one()
        currency = self.company_currency_id
        wanted = self._to_company_currency(self.amount_total)
        excess = wanted - self.dealer_id.credit_available
        return excess if currency.compare_amounts(excess, 0.0) > 0 else 0.0

    def _to_company_currency(self, amount):
        """An amount of the order, at the rate of the day."""
        self.ensure_one()
        return self.currency_id._convert(
            amount, self.company_currency_id, self.company_id
        )

    def _ensure_quota_given(self):
        """:raises UserError: the dealer orders on credit and has no quota"""
        self.ensure_one()
        if self.payment_mode == "credit" and not self.dealer_id.credit_limit:
            raise UserError(
                self.env._(
                    "%(order)s: %(dealer)s has no credit quota. Choose “Paid before "
                    "Shipped”, or ask the after-sales manager for a quota.",
                    order=self.name,
                    dealer=self.dealer_id.display_name,
                )
            )

    def _ensure_within_quota(self):
        """Hold the dealer's quota until the end of the transaction and look at it.

        :raises UserError: says what is available and what is wanted
        """
        self.ensure_one()
        if self.payment_mode != "credit":
            return
        self._ensure_quota_given()
        self._lock_quota()
        if self._get_excess():
            raise UserError(
                self.env._(
                    "%(order)s: %(wanted).2f are wanted, and %(available).2f of the "
                    "quota of %(dealer)s are left. Let the dealer pay first, or ask "
                    "the after-sales manager to confirm above the quota.",
                    order=self.name,
                    wanted=self._to_company_currency(self.amount_total),
                    available=self.dealer_id.credit_available,
                    dealer=self.dealer_id.display_name,
                )
            )

    def _lock_quota(self):
        """Let nobody else confirm on this dealer's quota before we are through.

        The row is also written: who looked at the quota before we were through finds
        it changed, and his request is run again on what is true then.
        """
        self.ensure_one()
        # sudo: keepers do not write dealers; this is a lock
        dealer = self.sudo().dealer_id
        dealer._lock_for_transition()
        dealer.credit_serial += 1
        dealer.flush_recordset(["credit_serial"])
        dealer.invalidate_recordset(["credit_used", "credit_available"])
