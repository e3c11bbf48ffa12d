from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class AftersalesPartsOrder(models.Model):
    """What people do with an order, step by step."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.order"

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        if name == "cancel":
            return allowed and self._is_cancellable()
        return allowed

    def _is_cancellable(self):
        """A dealer may drop what the company has not confirmed yet."""
        self.ensure_one()
        return self.state not in ("confirmed", "ready") or not self.env.user.is_dealer

    def action_submit(self):
        """Hand the order in, at today's prices.

        :raises UserError: no part, a part that cannot be ordered, no quota for an
            order on credit, or a dealer who may not open new work
        """
        for order in self:
            order.dealer_id._ensure_may_operate()
            order._ensure_quota_given()
            # sudo: prices are the server's
            order.sudo().line_ids._compute_price_unit()
            order._ensure_orderable()
        self._transition(
            "submit",
            {
                "submitted_by": self.env.uid,
                "submitted_on": fields.Datetime.now(),
                "refuse_reason": False,
            },
        )

    def _ensure_orderable(self):
        """:raises UserError: names the part and what to do"""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._("%(order)s has no part. Enter one first.", order=self.name)
            )
        blockers = [
            blocker for line in self.line_ids for blocker in line._get_order_blockers()
        ]
        if blockers:
            raise UserError(
                self.env._(
                    "%(order)s: %(blockers)s",
                    order=self.name,
                    blockers="\n".join(blockers),
                )
            )

    def action_correct(self):
        """Take the order back to change it."""
        self._transition("correct")

    def action_confirm(self):
        """Confirm the orders: core's sales order, delivery and invoice follow.

        :raises UserError: above the quota, a part that cannot be ordered any more, or
            a dealer who may not open new work
        """
        self._ensure_can("confirm")
        for order in self:
            order._ensure_confirmable()
            order._ensure_within_quota()
            order._confirm()

    def _ensure_confirmable(self):
        self.ensure_one()
        self.dealer_id._ensure_may_operate()
        self._ensure_orderable()

    def _confirm(self, vals=None):
        self.ensure_one()
        self._transition(
            "confirm",
            {
                "confirmed_by": self.env.uid,
                "confirmed_on": fields.Datetime.now(),
                **(vals or {}),
            },
        )
        # sudo: the keeper confirmed the dealer's order; sales and books follow from it
        order = self.sudo().with_company(self.company_id)
        order._create_sale_order()
        if order.payment_mode == "prepaid":
            order._create_invoice(order._get_ordered_quantities())
            order._update_paid()
        else:
            order._transition("release")

    def action_refuse(self):
        """Ask for the reason and refuse."""
        self._ensure_can("refuse")
        return self._open_reason("refuse", self.env._("Refuse"))

    def _refuse(self, reason):
        self._transition("refuse", {"refuse_reason": reason})
        self._notify_dealer(self.env._("Refused: %(reason)s", reason=reason))

    def action_confirm_above(self):
        """Ask for the reason and confirm above the quota; the manager may."""
        self._ensure_may_exceed()
        return self._open_reason("exceed", self.env._("Confirm above Quota"))

    def _ensure_may_exceed(self):
        if not self.env.user.has_group("aftersales_dealer.group_manager"):
            raise AccessError(
                self.env._(
                    "Only the after-sales manager grants more than the quota. Ask the "
                    "manager."
                )
            )
        self._ensure_can("confirm")

    def _confirm_above(self, reason):
        self._ensure_may_exceed()
        for order in self:
            order._ensure_confirmable()
            order._lock_quota()
            order._confirm({"exceed_reason": reason, "exceeded_by": self.env.uid})

    def _open_reason(self, kind, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "aftersales.parts.order.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_ids": self.ids, "default_kind": kind},
        }

    def _notify_dealer(self, body):
        """Tell whoever ordered, and the dealer's managers."""
        for order in self:
            # sudo: whom to tell, whoever acts
            people = order.sudo().submitted_by | order.sudo().dealer_id._get_managers()
            order.message_post(
                body=body,
                subtype_xmlid="mail.mt_comment",
                partner_ids=people.filtered("dealer_id").partner_id.ids,
            )

    def action_cancel(self):
        """Drop the order: the delivery is taken back and the invoice credited.

        :raises UserError: something was shipped already, or a dealer wants to cancel
            what is confirmed
        """
        for order in self:
            if not order._is_cancellable():
                raise UserError(
                    self.env._(
                        "%(order)s is confirmed. Ask the parts keeper to cancel it.",
                        order=order.name,
                    )
                )
            order._ensure_nothing_shipped()
        self._transition("cancel")
        # sudo: sales, delivery and books follow from the cancelled order
        for order in self.sudo().filtered("sale_order_id"):
            order._cancel_sale_order()

    def _ensure_nothing_shipped(self):
        self.ensure_one()
        if any(self.line_ids.mapped("delivered_quantity")):
            raise UserError(
                self.env._(
                    "Parts of %(order)s were shipped already. Close it short instead: "
                    "the rest is not delivered and is credited.",
                    order=self.name,
                )
            )

    def action_close_short(self):
        """Say that the rest will not come: it is taken back and credited.

        :raises UserError: nothing was shipped yet
        """
        self._ensure_can("ship")
        self._ensure_something_shipped()
        # sudo: the delivery follows from the keeper's word
        for order in self.sudo():
            order._get_open_moves().picking_id.action_cancel()

    def _ensure_something_shipped(self):
        """:raises UserError: nothing was shipped, so that the order is cancelled"""
        for order in self:
            if not any(order.line_ids.mapped("delivered_quantity")):
                raise UserError(
                    self.env._(
                        "Nothing of dealer order %(order)s was shipped yet. Cancel the "
                        "order instead: delivery and invoice follow.",
                        order=order.name,
                    )
                )
