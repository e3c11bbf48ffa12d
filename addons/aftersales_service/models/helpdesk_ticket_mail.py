import re

from odoo import api, models
from odoo.tools import html2plaintext, parse_contact_from_email, plaintext2html

from odoo.addons.aftersales_warranty.utils.serial import normalize_serial

# What may be a serial number: letters, digits and the signs nameplates use.
SERIAL_LIKE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{3,39}")
# Enough for a letter; a forwarded catalogue is not searched to its end.
MAX_WORDS = 500


class HelpdeskTicket(models.Model):
    """A case that comes by e-mail."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    @api.model
    def message_new(self, msg, custom_values=None):
        """Take down a letter: who wrote, about which machine if it names one.

        Mends helpdesk_mgmt, which gives the case to the user whom the gateway runs as,
        and knows the channel only when the mail was fetched by the cron.
        """
        values = self._prepare_mail_vals(msg)
        return super().message_new(msg, {**values, **(custom_values or {})})

    @api.model
    def _prepare_mail_vals(self, msg):
        """Values of a case from a parsed e-mail; extension point."""
        name, email = parse_contact_from_email(msg.get("from") or "")
        subject, body = msg.get("subject") or "", msg.get("body") or ""
        text = f"{subject}\n{html2plaintext(body)}"
        return {
            "channel_id": self.env.ref(
                "helpdesk_mgmt.helpdesk_ticket_channel_email"
            ).id,
            "user_id": False,
            "partner_name": name or email,
            "partner_email": email or msg.get("from"),
            "serial": self._find_serial(text),
            # a case without a word cannot be saved
            "description": body
            if html2plaintext(body).strip()
            else plaintext2html(subject or email or "-"),
        }

    @api.model
    def _find_serial(self, text):
        """The one machine's serial number that a text names, or False."""
        words = SERIAL_LIKE.findall(text or "")[:MAX_WORDS]
        spellings = {w.strip("./_-") for w in words}
        spellings |= {normalize_serial(w) for w in spellings}
        # sudo: the gateway or a customer asks; only what he wrote himself is told
        lots = (
            self.env["stock.lot"]
            .sudo()
            .search(
                [
                    ("name", "in", list(filter(None, spellings))),
                    ("product_id.is_machine", "=", True),
                ],
                limit=2,
            )
        )
        return lots.name if len(lots) == 1 else False
