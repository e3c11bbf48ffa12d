from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "aftersales_dealer.group_manager"


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    deviation_reason = fields.Char(
        string="Why This Price",
        copy=False,
        help="Why more than the framework price is paid; the manager reads it.",
    )
    undesignated_text = fields.Text(compute="_compute_undesignated_text")
    has_open_deviation = fields.Boolean(compute="_compute_has_open_deviation")
    can_approve_deviation = fields.Boolean(compute="_compute_has_open_deviation")

    # COMPUTES

    @api.depends("order_line.product_id", "partner_id", "date_order", "company_id")
    def _compute_undesignated_text(self):
        for order in self:
            lines = order._get_undesignated_lines()
            order.undesignated_text = (
                order._get_undesignated_refusal(lines) if lines else False
            )

    @api.depends_context("uid")
    @api.depends("state", "order_line.price_deviation", "order_line.price_unit")
    def _compute_has_open_deviation(self):
        is_manager = self.env.user.has_group(MANAGER)
        for order in self:
            order.has_open_deviation = bool(order._get_deviating_lines())
            order.can_approve_deviation = (
                is_manager and order.has_open_deviation and order.state == "to approve"
            )

    def _get_part_lines(self):
        return self.order_line.filtered(
            lambda line: line.product_id and line.product_id._is_bought_part()
        )

    def _get_undesignated_lines(self):
        """Lines of parts whose supplier is not designated; none if not checked."""
        self.ensure_one()
        if not self.partner_id or self.company_id.aftersales_supplier_check == "off":
            return self.order_line.browse()
        date = self._get_price_date()
        return self._get_part_lines().filtered(
            lambda line: (
                not line.product_id.with_company(
                    self.company_id
                )._is_supplier_designated(self.partner_id, date)
            )
        )

    def _get_price_date(self):
        self.ensure_one()
        date = self.date_order or fields.Datetime.now()
        return fields.Datetime.context_timestamp(self, date).date()

    def _get_undesignated_refusal(self, lines):
        return self.env._(
            "%(supplier)s is not designated for %(parts)s. Order from a designated "
            "supplier, or ask the after-sales manager to designate this one under "
            "Parts ▸ Purchasing ▸ Designated Suppliers.",
            supplier=self.partner_id.display_name,
            parts=", ".join(lines.product_id.mapped("display_name")),
        )

    def _get_deviating_lines(self):
        """Lines above the framework price that the manager has not approved."""
        return self._get_part_lines().filtered(lambda line: line._is_deviation_open())

    # CONFIRMATION

    def _confirmation_error_message(self):
        message = super()._confirmation_error_message()
        if not message and self.company_id.aftersales_supplier_check == "refuse":
            lines = self._get_undesignated_lines()
            message = self._get_undesignated_refusal(lines) if lines else False
        return message

    def button_confirm(self):
        drafts = self.filtered(lambda order: order.state in ("draft", "sent"))
        # what was agreed meanwhile counts, not what held when the line was made
        drafts.order_line._compute_framework_price()
        for order in drafts:
            lines = order._get_undesignated_lines()
            if lines and order.company_id.aftersales_supplier_check == "warn":
                order.message_post(body=order._get_undesignated_refusal(lines))
        return super().button_confirm()

    def _approval_allowed(self):
        return super()._approval_allowed() and not self._get_deviating_lines()

    def action_approve_deviation(self):
        """Accept the prices above the framework price, and with that the order.

        :raises AccessError: not the after-sales manager
        :raises UserError: nothing to approve, or no reason given
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Only the after-sales manager approves prices above the framework "
                    "price."
                )
            )
        for order in self:
            lines = order._get_deviating_lines()
            order._ensure_deviation_decidable(lines)
            for line in lines:
                line.approved_price = line.price_unit_discounted
            order.message_post(body=order._get_approval_text(lines))
        self.button_approve()

    def _ensure_deviation_decidable(self, lines):
        self.ensure_one()
        if self.state != "to approve" or not lines:
            raise UserError(
                self.env._(
                    "%(order)s waits for no approval of a price.", order=self.name
                )
            )
        if not self.deviation_reason:
            raise UserError(
                self.env._(
                    "%(order)s: enter first why more than the framework price is paid "
                    "(field Why This Price).",
                    order=self.name,
                )
            )

    def _get_approval_text(self, lines):
        return self.env._(
            "Prices above the framework price approved: %(lines)s. %(reason)s",
            lines="; ".join(line._get_deviation_text() for line in lines),
            reason=self.deviation_reason,
        )
