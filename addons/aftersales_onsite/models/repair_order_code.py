from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Codes per repair and day: five attempts of a million each stay without a chance.
CODES_PER_DAY = 5


class RepairOrder(models.Model):
    """The customer's consent by a code that he alone receives."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "repair.order"

    sign_method = fields.Selection(
        selection=[("signature", "Signature"), ("code", "One-time code")],
        string="Signed By Way Of",
        readonly=True,
        copy=False,
    )
    code_ids = fields.One2many(
        "aftersales.repair.code", "repair_id", groups="aftersales_dealer.group_manager"
    )
    can_send_code = fields.Boolean(compute="_compute_can_send_code")

    @api.depends("state", "sign_method", "customer_signature")
    def _compute_can_send_code(self):
        for repair in self.with_context(bin_size=True):
            repair.can_send_code = (
                bool(repair.ticket_id)
                and repair._is_open()
                and not repair._has_signature()
            )

    def action_send_code(self):
        """Send the customer a one-time code and ask for it.

        :raises UserError: closed or signed already, no address, or too many codes
        """
        self.ensure_one()
        self._ensure_can_work()
        repair = self._lock()
        repair._ensure_code_possible()
        channel, address = repair._get_code_address()
        record, code = repair.env["aftersales.repair.code"]._issue(
            repair, channel, address
        )
        record._send(code)
        return self._get_code_dialog(record)

    def action_enter_code(self):
        """Ask for the code that was sent last."""
        self.ensure_one()
        self._ensure_can_work()
        # sudo: codes are closed to those who enter them
        record = self.sudo().code_ids[:1]
        if not record:
            raise UserError(
                self.env._(
                    "No code was sent for repair %(repair)s yet. Press “Send Code”.",
                    repair=self.name,
                )
            )
        return self._get_code_dialog(record)

    def _ensure_code_possible(self):
        """:raises UserError: signed already, nothing to sign, or too many codes"""
        self.ensure_one()
        if self._is_signed():
            raise UserError(
                self.env._("Repair %(repair)s is signed already.", repair=self.name)
            )
        if not (self.labour_ids or self.move_ids):
            raise UserError(
                self.env._(
                    "Repair %(repair)s has no labour or part line yet. Add what was "
                    "done before the customer agrees to it.",
                    repair=self.name,
                )
            )
        since = fields.Datetime.now() - timedelta(days=1)
        if len(self.code_ids.filtered(lambda c: c.sent_at > since)) >= CODES_PER_DAY:
            raise UserError(
                self.env._(
                    "%(count)s codes were sent for repair %(repair)s within a day. Let "
                    "the customer sign on the screen instead.",
                    count=CODES_PER_DAY,
                    repair=self.name,
                )
            )

    def _get_code_address(self):
        """Channel and address the customer gets his code by; extension point.

        :raises UserError: no address is known
        """
        self.ensure_one()
        email = self.ticket_id.partner_email or self.partner_id.email
        if not email:
            raise UserError(
                self.env._(
                    "No e-mail address of %(customer)s is known for case %(case)s. "
                    "Enter it there, or let him sign on the screen.",
                    customer=self.partner_id.name or self.ticket_id.partner_name or "",
                    case=self.ticket_id.display_name,
                )
            )
        return "email", email

    def _get_code_dialog(self, record):
        self.ensure_one()
        wizard = self.env["aftersales.repair.code.enter"].create(
            {
                "repair_id": self.id,
                "signed_by": self.signed_by or self.partner_id.name,
                "message": record._get_state_text(),
            }
        )
        return wizard._get_dialog()

    def _sign_by_code(self, code, signed_by):
        """Take ``code`` for the customer's signature.

        A wrong code is no error: an error would take back that it was tried.

        :return: whether it was right
        :raises UserError: closed, or signed in the meantime
        """
        self.ensure_one()
        self._ensure_can_work()
        repair = self._lock()
        repair.code_ids.invalidate_recordset()
        repair._ensure_code_possible_now()
        record = repair.code_ids[:1]
        if not record or not record._try("".join((code or "").split())):
            return False
        repair.write(
            {
                "sign_method": "code",
                "signed_by": signed_by,
                "signed_on": fields.Datetime.now(),
            }
        )
        repair._seal_signature()
        return True

    def _ensure_code_possible_now(self):
        self.ensure_one()
        if self._is_signed():
            raise UserError(
                self.env._("Repair %(repair)s is signed already.", repair=self.name)
            )

    def write(self, vals):
        if "customer_signature" in vals and "sign_method" not in vals:
            method = "signature" if vals["customer_signature"] else False
            result = super().write(vals)
            # sudo: closed to direct writes
            super(RepairOrder, self.sudo()).write({"sign_method": method})
            return result
        return super().write(vals)

    def _has_signature(self):
        return super()._has_signature() or self.sign_method == "code"

    def _get_signed_content(self):
        return {
            **super()._get_signed_content(),
            "customer_rating": self.customer_rating,
        }

    def _prepare_void_vals(self, reason):
        return {**super()._prepare_void_vals(reason), "sign_method": False}

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"sign_method", "code_ids"}
