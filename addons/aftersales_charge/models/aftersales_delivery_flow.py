from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .aftersales_quotation import MANAGER

DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"


class AftersalesDelivery(models.Model):
    """What must be true before the machine leaves, and what follows."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.delivery"

    @api.depends_context("uid", "lang")
    @api.depends("state", "allow_reason", "quotation_id.amount_due", "repair_id.state")
    def _compute_blockers(self):
        for delivery in self:
            blockers = charges = []
            if delivery.state == "draft":
                charges = delivery._get_charge_blockers()
                blockers = delivery.repair_id._get_delivery_blockers() + charges
            delivery.blockers = "\n".join(blockers)
            delivery.can_allow = bool(charges) and delivery._may_allow()

    def _get_charge_blockers(self):
        """Sentences about money that stands against the delivery.

        None when the manager has allowed it.
        """
        self.ensure_one()
        if self.allow_reason:
            return []
        # sudo: quotation and entry decide, whoever hands over
        own = self.sudo()
        quotation, currency = own.quotation_id, own.currency_id
        unaccepted = own.line_ids.filtered("charged") if not quotation else []
        if unaccepted:
            total = sum(unaccepted.mapped("charged"))
            return [
                self.env._(
                    "The customer has not accepted the charge of %(amount)s before "
                    "tax. Quote it on the repair record.",
                    amount=currency.format(total),
                )
            ]
        if not quotation or currency.is_zero(quotation.amount_due):
            return []
        return [
            self.env._(
                "%(amount)s of quotation %(quotation)s are still to be paid.",
                amount=currency.format(quotation.amount_due),
                quotation=quotation.display_name,
            )
        ]

    def _may_allow(self):
        """Whether the user answers for the money: of the dealer, or of the company."""
        self.ensure_one()
        user = self.env.user
        if user.has_group(MANAGER):
            return True
        return bool(self.dealer_id) and user.has_group(DEALER_MANAGER)

    def action_allow(self, reason=None):
        """Let the machine go unpaid, for a reason (asked for if none).

        :raises AccessError: the user does not answer for this money
        :raises UserError: the machine was handed over already
        """
        self.ensure_one()
        self.check_access("write")
        if not self._may_allow():
            raise AccessError(
                self.env._(
                    "Only the manager may let %(delivery)s go unpaid: the dealer's "
                    "for his repairs, the after-sales manager for the company's.",
                    delivery=self.display_name,
                )
            )
        self._ensure_can("deliver")
        reason = (reason or "").strip()
        if not reason:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Deliver Unpaid"),
                "res_model": "aftersales.charge.reason",
                "views": [(False, "form")],
                "target": "new",
                "context": {
                    "default_delivery_id": self.id,
                    "default_step": "allow",
                },
            }
        # sudo: closed to direct writes, the right was checked
        self.sudo().write({"allow_reason": reason, "allowed_by_id": self.env.uid})
        return True

    def action_deliver(self):
        """Hand the machines over: signed for, paid, explained.

        :raises UserError: names the first thing that stands against it
        """
        for delivery in self:
            delivery._ensure_can("deliver")
            # sudo: what became of the quotation since the sheet was opened
            delivery.sudo()._renew_sheet()
            delivery._ensure_ready()
        self._transition(
            "deliver",
            {
                "delivered_at": fields.Datetime.now(),
                "delivered_by_id": self.env.uid,
            },
        )
        # sudo: the next service is the machine's, whoever sold it
        self.sudo()._plan_next_service()

    def _renew_sheet(self):
        """Take a quotation that was accepted only after the repair (under sudo)."""
        self.ensure_one()
        quotation = self.repair_id._get_accepted_quotation()
        if quotation != self.quotation_id:
            self.line_ids.unlink()
            self._take_sheet()

    def _ensure_ready(self):
        self.ensure_one()
        blockers = [
            *self.repair_id._get_delivery_blockers(),
            *self._get_charge_blockers(),
            *[what for is_missing, what in self._get_missing() if is_missing],
        ]
        if blockers:
            raise UserError(
                self.env._(
                    "%(delivery)s cannot be handed over: %(what)s",
                    delivery=self.display_name,
                    what=blockers[0],
                )
            )

    def _get_missing(self):
        """Pairs of (is missing, sentence); extension point."""
        self.ensure_one()
        return [
            (
                not self.is_explained,
                self.env._("explain work and cost to the customer, and tick it."),
            ),
            (
                not self.is_tested,
                self.env._("show the customer that the machine works, and tick it."),
            ),
            (
                not (self.received_by or "").strip() or not self.signature,
                self.env._("let the customer sign, and write down his name."),
            ),
        ]

    def _plan_next_service(self):
        """Plan the reminders of the machines' next service (under sudo)."""
        reminders = self.env["aftersales.service.reminder"]
        for delivery in self.filtered("card_id"):
            reminders._plan(
                delivery.card_id,
                fields.Date.to_date(delivery.delivered_at),
                case_type=delivery.ticket_id.case_type_id,
                due_date=delivery.next_service_date,
                due_usage=delivery.next_service_usage,
            )

    def action_open_repair(self):
        self.ensure_one()
        return self.repair_id._get_form_action()

    def action_open_quotation(self):
        self.ensure_one()
        return self.quotation_id._get_form_action()
