from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class AftersalesWarrantyCard(models.Model):
    """The steps of a card's life, and what each one checks."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.warranty.card"

    def action_submit(self):
        """Hand the cards in; a slip not received on paper counts as received today."""
        self._ensure_complete()
        if self.env.user.is_dealer and not self.env.su:
            self.dealer_id._ensure_may_operate()
        received = self.filtered("returned_on")
        today = fields.Date.context_today(self)
        received._transition("submit", {"reject_reason": False})
        (self - received)._transition(
            "submit", {"reject_reason": False, "returned_on": today}
        )

    def _ensure_complete(self):
        """Raise when a card lacks what a confirmed one needs.

        :raises UserError: names the card and the fields
        """
        for card in self:
            missing = [name for name in self._get_required_names() if not card[name]]
            if missing:
                raise UserError(
                    self.env._(
                        "%(card)s: fill in %(fields)s first.",
                        card=card.display_name,
                        fields=self._get_field_labels(missing),
                    )
                )
            # only a card that is live again can clash: a rejected one may have been
            # followed by another dealer's
            self._check_no_live_card(card.lot_id.ids, card)

    @api.model
    def _get_required_names(self):
        """Names of the fields a card needs to be handed in; extension point."""
        return ["partner_id", "sale_date", "serial", "product_id"]

    def action_activate(self):
        """Confirm the cards: from now on their machines are covered.

        :raises UserError: no policy holds for a card's sale
        """
        self._ensure_can("activate")
        # sudo: the policy is closed to direct writes; it may be newer than the card
        self.sudo().filtered(lambda card: not card.policy_id)._compute_policy_id()
        for card in self:
            if not card.end_date:
                raise UserError(
                    self.env._(
                        "%(card)s: no warranty policy holds for %(product)s sold on "
                        "%(date)s. Give its product category one.",
                        card=card.display_name,
                        product=card.product_id.display_name,
                        date=format_date(self.env, card.sale_date),
                    )
                )
        self._transition("activate")
        self._open_ownership()

    def action_reject(self, reason=None):
        """Send submitted cards back to the dealer; asks for the reason if none."""
        return self._step_with_reason("reject", reason)

    def action_void(self, reason=None):
        """Put cards out of force, with a reason (asked for if none)."""
        return self._step_with_reason("void", reason)

    def action_waive_late(self, reason=None):
        """Reimburse the dealer in spite of a late slip, with a reason."""
        return self._step_with_reason("waive_late", reason)

    def _step_with_reason(self, step, reason):
        """Take ``step`` when a reason is given, else ask for it.

        :raises AccessError, UserError: as the step's own checks
        """
        getattr(self, f"_ensure_can_{step}", lambda: self._ensure_can(step))()
        reason = (reason or "").strip()
        if reason:
            return getattr(self, f"_{step}_with_reason")(reason)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason"),
            "res_model": "aftersales.warranty.card.reason",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_card_ids": [(6, 0, self.ids)],
                "default_step": step,
            },
        }

    def _reject_with_reason(self, reason):
        self._transition("reject", {"reject_reason": reason})
        for card in self:
            card.message_post(
                body=self.env._("Sent back: %(reason)s", reason=reason),
                subtype_xmlid="mail.mt_comment",
            )

    def _void_with_reason(self, reason):
        today = fields.Date.context_today(self)
        self._transition("void", {"void_reason": reason, "void_date": today})

    def action_reissue(self):
        """Print a lost card again; the lost one's code stops working.

        :return: the report's action
        """
        self.check_access("write")
        for card in self:
            if card.state != "active":
                raise UserError(
                    self.env._(
                        "%(card)s is not in force; only an active card is issued "
                        "again.",
                        card=card.display_name,
                    )
                )
            # sudo: counter and token are closed to direct writes
            card.sudo().write(
                {
                    "reissue_count": card.reissue_count + 1,
                    "access_token": self._default_access_token(),
                }
            )
            card.message_post(
                body=self.env._(
                    "Duplicate no. %(count)s of the card was issued.",
                    count=card.reissue_count,
                )
            )
        return self.action_print()

    def action_print(self):
        """Print the cards."""
        return self.env.ref(
            "aftersales_warranty.aftersales_warranty_card_report"
        ).report_action(self)
