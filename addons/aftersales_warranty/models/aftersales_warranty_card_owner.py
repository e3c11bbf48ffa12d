from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class AftersalesWarrantyCard(models.Model):
    """Exchange of the machine and change of its owner: cover goes with the machine."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.warranty.card"

    def _open_ownership(self):
        """Begin the history of owners with the customer on the card."""
        # sudo: the history is append-only, written by the card's own steps
        self.env["aftersales.warranty.owner"].sudo().create(
            [
                {
                    "card_id": card.id,
                    "partner_id": card.partner_id.id,
                    "date_from": card.start_date,
                }
                for card in self.sudo()
                if card.partner_id and not card.owner_ids
            ]
        )

    def _change_owner(self, partner, on_date, reason=None):
        """Record that the machine went to ``partner`` on ``on_date``.

        :raises UserError: the card is not in force, or the day does not fit
        """
        self.ensure_one()
        self.check_access("write")
        partner.with_env(self.env).check_access("read")
        self._ensure_in_force()
        since = self.sudo().owner_ids[:1].date_from
        if on_date > fields.Date.context_today(self) or (since and on_date < since):
            raise UserError(
                self.env._(
                    "%(card)s: the change of owner must lie between %(since)s and "
                    "today.",
                    card=self.display_name,
                    since=format_date(self.env, since or self.start_date),
                )
            )
        if partner == self.partner_id:
            raise UserError(
                self.env._(
                    "%(partner)s owns this machine already.",
                    partner=partner.display_name,
                )
            )
        self._open_ownership()
        # sudo: owner and history are closed to direct writes on an active card
        card = self.sudo()
        card.owner_ids.filtered(lambda owner: not owner.date_to).date_to = on_date
        self.env["aftersales.warranty.owner"].sudo().create(
            {
                "card_id": self.id,
                "partner_id": partner.id,
                "date_from": on_date,
                "reason": reason,
            }
        )
        card.partner_id = partner

    def _ensure_in_force(self):
        """Raise unless every card is active.

        :raises UserError: names the card
        """
        for card in self:
            if card.state != "active":
                raise UserError(
                    self.env._(
                        "%(card)s is not in force; confirm it first.",
                        card=card.display_name,
                    )
                )

    def _exchange(self, product, serial, on_date, reason):
        """Replace the machine: this card ends, a new one begins.

        Whether the whole period starts again is the policy's word; the dealer's
        reimbursement stays as it was.

        :return: the new card, in force
        :raises UserError: the day does not fit, or the new serial has a live card
        """
        self.ensure_one()
        self._ensure_can("exchange")
        if not self.start_date <= on_date <= fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(card)s: the exchange must lie between %(start)s and today.",
                    card=self.display_name,
                    start=format_date(self.env, self.start_date),
                )
            )
        self._transition("exchange", {"void_reason": reason, "void_date": on_date})
        # sudo: a card in force is made here and nowhere else without being submitted
        new = self.sudo().create(self._prepare_exchange_vals(product, serial, on_date))
        self.sudo().replaced_by_id = new
        new._open_ownership()
        return new.with_env(self.env)

    def _prepare_exchange_vals(self, product, serial, on_date):
        return {
            "state": "active",
            "product_id": product.id,
            "serial": serial,
            "dealer_id": self.dealer_id.id,
            "partner_id": self.partner_id.id,
            "sale_date": self.sale_date,
            "delivery_date": self.delivery_date,
            "acceptance_date": self.acceptance_date,
            "invoice_ref": self.invoice_ref,
            "returned_on": self.returned_on,
            "waive_reason": self.waive_reason,
            "waived_by_id": self.waived_by_id.id,
            "replaces_id": self.id,
            "exchange_date": on_date,
        }

    def action_open_lot(self):
        """Open the machine's serial record, as after-sales people see it."""
        self.ensure_one()
        view = self.env.ref("aftersales_warranty.stock_lot_view_form_machine")
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.lot",
            "res_id": self.lot_id.id,
            "views": [(view.id, "form")],
        }

    def action_open_replaced_by(self):
        """Open the card of the machine given in exchange."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.replaced_by_id.id,
            "views": [(False, "form")],
        }
