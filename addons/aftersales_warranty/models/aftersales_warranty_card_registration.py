from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..utils.coverage import registration_of
from .aftersales_warranty_card import MANAGER

DEFAULT_REGISTRATION_DAYS = 20


class AftersalesWarrantyCard(models.Model):
    """Whether the slip came in time: the dealer's money, never the customer's cover."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.warranty.card"

    @api.depends("returned_on", "sale_date", "policy_id", "waive_reason")
    def _compute_registration(self):
        for card in self:
            days = DEFAULT_REGISTRATION_DAYS
            if card.policy_id:
                days = card.policy_id.registration_days
            card.registration = registration_of(
                card.sale_date, card.returned_on, days, bool(card.waive_reason)
            )
            card.reimbursable = card.registration in ("on_time", "waived")
            card.on_time_rate = 100.0 if card.registration == "on_time" else 0.0

    def _check_protected_create(self, vals):
        self._check_returned_on(vals)
        return super()._check_protected_create(vals)

    def _check_protected_write(self, vals):
        self._check_returned_on(vals)
        return super()._check_protected_write(vals)

    def _check_returned_on(self, vals):
        """The day of receipt decides on the dealer's money: it is the company's word.

        :raises AccessError: a dealer's user sets it
        :raises UserError: the card is confirmed or void; name it and the way out
        """
        if not vals.get("returned_on") and not (self and "returned_on" in vals):
            return
        if self.env.user.is_dealer:
            raise AccessError(
                self.env._(
                    "The day a slip was received is set by the company. Submit the "
                    "card and it counts as received today."
                )
            )
        settled = self.filtered(lambda card: card.state in ("active", "void"))
        if settled:
            raise UserError(
                self.env._(
                    "%(card)s is confirmed; the day its slip was received stays. If "
                    "the lateness is not the dealer's fault, waive it.",
                    card=settled[0].display_name,
                )
            )

    @api.depends_context("uid")
    @api.depends("registration", "state")
    def _compute_can_waive_late(self):
        allowed = self.env.su or self.env.user.has_group(MANAGER)
        for card in self:
            card.can_waive_late = (
                allowed and card.registration == "late" and card.state != "void"
            )

    def _ensure_can_waive_late(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only the after-sales manager may waive a late slip.")
            )
        for card in self:
            if not card.can_waive_late:
                raise UserError(
                    self.env._(
                        "%(card)s was not registered late; there is nothing to waive.",
                        card=card.display_name,
                    )
                )

    def _waive_late_with_reason(self, reason):
        # sudo: the waiver is closed to direct writes; the right was checked above
        self.sudo().write({"waive_reason": reason, "waived_by_id": self.env.user.id})
