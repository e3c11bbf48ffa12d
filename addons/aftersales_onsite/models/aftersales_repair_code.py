import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac

from odoo.addons.base.models.ir_mail_server import MailDeliveryException


class AftersalesRepairCode(models.Model):
    """A one-time code that the customer reads out instead of signing.

    Only a keyed hash of the code is kept. Who reads the code in the database, or tries
    numbers, gets nowhere: it expires, and it allows few attempts.
    """

    _name = "aftersales.repair.code"
    _description = "One-time code of a repair"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "id desc"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="repair_id.dealer_id", store=True, precompute=True, default=None
    )
    channel = fields.Selection(selection=[("email", "E-mail")], required=True)
    sent_to = fields.Char(required=True)
    sent_at = fields.Datetime(required=True)
    expires_at = fields.Datetime(required=True)
    attempts_left = fields.Integer(required=True, aggregator=None)
    used_at = fields.Datetime()
    is_void = fields.Boolean(
        string="Replaced", help="A later code took its place, or the record changed."
    )
    code_hash = fields.Char(groups="base.group_system", copy=False)

    @api.model
    def _draw(self):
        """:return: six random digits as text"""
        return f"{secrets.randbelow(1000000):06d}"

    def _hash(self, code):
        self.ensure_one()
        return hmac(self.env(su=True), "aftersales_onsite.code", f"{self.id}:{code}")

    @api.model
    def _issue(self, repair, channel, address):
        """A fresh code for ``repair``; earlier ones no longer work (runs under sudo).

        :return: the record and the code, which is known only here and to the customer
        """
        company = repair.company_id
        now = fields.Datetime.now()
        repair.code_ids.is_void = True
        record = self.create(
            {
                "repair_id": repair.id,
                "channel": channel,
                "sent_to": address,
                "sent_at": now,
                "expires_at": now + timedelta(minutes=company.aftersales_code_minutes),
                "attempts_left": company.aftersales_code_attempts,
            }
        )
        code = self._draw()
        record.code_hash = record._hash(code)
        return record, code

    def _is_usable(self):
        self.ensure_one()
        return (
            not self.is_void
            and not self.used_at
            and self.attempts_left > 0
            and self.expires_at > fields.Datetime.now()
        )

    def _try(self, code):
        """Whether ``code`` is the right one; each try counts (runs under sudo)."""
        self.ensure_one()
        if not self._is_usable():
            return False
        self.attempts_left -= 1
        if not consteq(self.code_hash, self._hash(code)):
            return False
        self.used_at = fields.Datetime.now()
        return True

    def _get_state_text(self):
        """One sentence for the technician about what can be done with this code."""
        self.ensure_one()
        if self.is_void or not self._is_usable():
            return self.env._("This code no longer works. Send a new one.")
        return self.env._(
            "Sent to %(address)s. %(attempts)s attempts left, until %(time)s.",
            address=self.sent_to,
            attempts=self.attempts_left,
            time=fields.Datetime.context_timestamp(self, self.expires_at).strftime(
                "%H:%M"
            ),
        )

    def _send(self, code):
        """Tell the customer his code by the record's channel (runs under sudo).

        A channel ``x`` is a value of ``channel`` and a method ``_send_x(code)``.

        :raises UserError: it could not be sent
        """
        self.ensure_one()
        getattr(self, f"_send_{self.channel}")(code)
        self.repair_id.message_post(
            body=self.env._("A code for signing was sent to %s.", self.sent_to)
        )

    def _send_email(self, code):
        template = self.env.ref("aftersales_onsite.mail_template_code")
        try:
            template.with_context(
                code=code, minutes=self.repair_id.company_id.aftersales_code_minutes
            ).send_mail(
                self.repair_id.id,
                force_send=True,
                raise_exception=True,
                # of nobody's record and nobody's authorship: whoever asked for the
                # code must not find it in a message
                email_values={
                    "email_to": self.sent_to,
                    "author_id": self.env.ref("base.partner_root").id,
                    "model": False,
                    "res_id": False,
                    "auto_delete": True,
                },
            )
        except MailDeliveryException as error:
            raise UserError(
                self.env._(
                    "The code could not be sent to %(address)s. Check the address and "
                    "the outgoing mail server, or let the customer sign on the screen.",
                    address=self.sent_to,
                )
            ) from error
