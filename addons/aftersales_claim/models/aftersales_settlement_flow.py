from odoo import fields, models
from odoo.exceptions import UserError

from ..utils.roles import DEALER_MANAGER


class AftersalesSettlement(models.Model):
    """The way of a notice between the company and the dealer."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.settlement"

    def action_notify(self):
        """Send the notice to the dealer.

        :raises UserError: nothing is left to pay
        """
        for settlement in self:
            settlement._ensure_payable()
        self._transition("notify", {"notified_on": fields.Datetime.now()})
        for settlement in self:
            settlement._notify_dealer()

    def _ensure_payable(self):
        self.ensure_one()
        if self.currency_id.compare_amounts(self.amount_total, 0.0) <= 0:
            raise UserError(
                self.env._(
                    "%(settlement)s of %(dealer)s comes to %(total)s. Only an amount "
                    "in the dealer's favour can be settled; enter the deductions in a "
                    "later period with more claims.",
                    settlement=self.name,
                    dealer=self.dealer_id.display_name,
                    total=self.currency_id.format(self.amount_total),
                )
            )

    def _notify_dealer(self):
        """Tell the dealer's managers that a notice waits for their answer."""
        self.ensure_one()
        managers = self.dealer_id.user_ids.filtered(
            lambda user: user.has_group(DEALER_MANAGER)
        )
        self.message_post(
            body=self.env._(
                "Settlement %(name)s over %(total)s waits for your confirmation.",
                name=self.name,
                total=self.currency_id.format(self.amount_total),
            ),
            partner_ids=managers.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def action_confirm(self):
        """The dealer's manager agrees; his name and the time go on the notice.

        :raises UserError: nothing is left to pay
        """
        for settlement in self:
            settlement._ensure_payable()
        self._transition(
            "confirm",
            {
                "confirmed_by_id": self.env.uid,
                "confirmed_on": fields.Datetime.now(),
            },
        )

    def action_withdraw(self):
        """Take a notice back, before it is in the books, to correct it."""
        self._transition("withdraw", {"confirmed_by_id": False, "confirmed_on": False})

    def action_close(self):
        self._transition("close")

    def action_dispute(self):
        self._ensure_can("dispute")
        return self._open_wizard("aftersales_settlement_dispute_action")

    def action_reverse(self):
        self._ensure_can("reverse")
        return self._open_wizard("aftersales_settlement_reverse_action")

    def _open_wizard(self, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"aftersales_claim.{name}"
        )
        return {**action, "context": {"default_settlement_id": self.id}}

    def _dispute_claim(self, claim, reason):
        """Take one claim out of the notice; the rest goes on.

        :raises UserError: the notice is not open for an answer, or has no such claim
        """
        self.ensure_one()
        self._ensure_can("dispute")
        # sudo: the right to answer was checked; the amounts are closed to the dealer
        settlement = self.sudo()
        settlement._lock_for_transition()
        self._ensure_can("dispute")
        claim = claim.sudo()
        if claim.settlement_id != settlement:
            raise UserError(
                self.env._(
                    "%(claim)s is not part of %(settlement)s.",
                    claim=claim.name,
                    settlement=self.name,
                )
            )
        claim.line_ids.write({"settlement_line_id": False})
        claim.write({"settlement_id": False})
        claim._transition("reopen", {"decided_on": False})
        claim.message_post(
            body=self.env._(
                "Disputed in %(settlement)s: %(reason)s",
                settlement=self.name,
                reason=reason,
            )
        )
        settlement._rebuild_lines()

    def _dispute_whole(self, reason):
        """Refuse the notice, e.g. for its deductions; the accountant answers."""
        self.ensure_one()
        self._transition("dispute")
        self.message_post(
            body=self.env._("Disputed: %(reason)s", reason=reason),
            subtype_xmlid="mail.mt_comment",
        )
