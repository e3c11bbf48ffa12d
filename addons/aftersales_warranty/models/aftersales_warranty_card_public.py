import base64

from odoo import fields, models


class AftersalesWarrantyCard(models.Model):
    """The card on paper, and the page its code leads to."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.warranty.card"

    def _get_public_url(self):
        """Address of the card's public page; its token cannot be guessed."""
        self.ensure_one()
        return f"{self.get_base_url()}/warranty/{self.access_token}"

    def _get_qr_code(self):
        """The public page's address as a QR code, as a data URI."""
        self.ensure_one()
        image = self.env["ir.actions.report"].barcode(
            "QR", self._get_public_url(), width=240, height=240
        )
        return f"data:image/png;base64,{base64.b64encode(image).decode()}"

    def _get_report_name(self):
        """File name of the printed card."""
        return self.env._(
            "Warranty card %(name)s %(serial)s", name=self.name, serial=self.serial
        )

    def _get_public_values(self):
        """What the public page shows: the machine, its cover, and whom to call.

        Nothing of the customer, the invoice or the dealer's dealings.
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        verdict = self.coverage_verdict(on_date=today)
        return {
            "machine": self.product_id.display_name,
            "serial": self.serial,
            "name": self.name,
            "start": self.start_date,
            "end": self.end_date,
            "covered": verdict.covered,
            "reasons": self._get_public_reasons(verdict),
            "dealer_name": self.dealer_id.name,
            "dealer_phone": self.dealer_id.partner_id.phone,
            "company_name": self.company_id.name,
        }

    def _get_public_reasons(self, verdict):
        """The verdict's texts for a customer: the dealer's money is not his concern."""
        hidden = ("late", "waived", "slip_missing", "share")
        return [text for code, text in verdict.reasons if code not in hidden]

    def _get_by_token(self, token):
        """The card with this token that has been handed in; empty when there is none.

        :return: card under sudo
        """
        # sudo: whoever holds the card may see its page
        cards = self.env["aftersales.warranty.card"].sudo()
        if not token:
            return cards
        return cards.search(
            [
                ("access_token", "=", token),
                ("state", "not in", ("draft", "rejected")),
            ],
            limit=1,
        )
