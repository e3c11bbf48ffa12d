from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

KEEPER = "aftersales_dealer.group_parts_keeper"


class AftersalesPartsReceipt(models.Model):
    """The delivery note of an order (发货清单), which comes back signed and stamped."""

    _inherit = "aftersales.parts.receipt"

    parts_order_id = fields.Many2one(
        "aftersales.parts.order",
        string="Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    signature = fields.Image(
        readonly=True, copy=False, max_width=1024, max_height=1024, attachment=True
    )
    signed_by = fields.Char(readonly=True, copy=False, help="Who signed for it.")
    stamped_note = fields.Binary(
        readonly=True,
        copy=False,
        attachment=True,
        help="Photograph or scan of the signed and stamped paper.",
    )
    stamped_note_name = fields.Char(readonly=True, copy=False)
    signed_on = fields.Datetime(
        string="Note Signed on", readonly=True, copy=False, tracking=True
    )
    signed_user_id = fields.Many2one(
        "res.users", string="Sent Back by", readonly=True, copy=False
    )
    is_signature_due = fields.Boolean(
        string="To Sign",
        compute="_compute_is_signature_due",
        store=True,
        help="The delivery note of an order has not come back yet.",
    )
    can_sign = fields.Boolean(compute="_compute_can_sign")
    can_reject_note = fields.Boolean(compute="_compute_can_sign")

    @api.model
    def _get_protected_fields(self):
        return (
            *super()._get_protected_fields(),
            "parts_order_id",
            "signature",
            "signed_by",
            "stamped_note",
            "stamped_note_name",
            "signed_on",
            "signed_user_id",
            "chased_on",
        )

    @api.depends("parts_order_id", "state", "signed_on")
    def _compute_is_signature_due(self):
        for receipt in self:
            receipt.is_signature_due = bool(
                receipt.parts_order_id
                and receipt.state != "cancelled"
                and not receipt.signed_on
            )

    @api.depends_context("uid")
    @api.depends("is_signature_due", "state")
    def _compute_can_sign(self):
        user = self.env.user
        for receipt in self:
            receipt.can_sign = (
                receipt.is_signature_due
                and receipt.state == "confirmed"
                and bool(user.dealer_id)
            )
            receipt.can_reject_note = bool(
                receipt.parts_order_id and receipt.signed_on and user.has_group(KEEPER)
            )

    def action_sign(self):
        """Open the dialog that takes the signature or the stamped paper."""
        self.ensure_one()
        self._ensure_signable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign Delivery Note"),
            "res_model": "aftersales.parts.receipt.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_receipt_id": self.id},
        }

    def _ensure_signable(self):
        """:raises UserError: says which step is missing, or that it is signed"""
        self.ensure_one()
        self.check_access("write")
        if (
            self.is_signature_due
            and self.state == "confirmed"
            and self.env.user.dealer_id
        ):
            return
        if self.state == "to_receive":
            raise UserError(
                self.env._(
                    "%(receipt)s: confirm the receipt first, then sign what arrived.",
                    receipt=self.name,
                )
            )
        raise UserError(
            self.env._(
                "%(receipt)s has no delivery note for you to sign: it is signed "
                "already, or it belongs to no order of yours.",
                receipt=self.name,
            )
        )

    def _sign(self, signed_by, signature=False, stamped_note=False, note_name=False):
        """Take the signed delivery note; the order is done with the last one.

        :param str signed_by: name of who signed
        :param bytes signature: image, base64; may be missing when the paper is there
        :param bytes stamped_note: image or PDF, base64
        :raises UserError: neither of both is given, or the file is neither image nor
            PDF, or the note cannot be signed now
        """
        self.ensure_one()
        self._ensure_signable()
        if not (signature or stamped_note):
            raise UserError(
                self.env._(
                    "%(receipt)s: sign in the field, or add a photograph of the signed "
                    "and stamped paper.",
                    receipt=self.name,
                )
            )
        # sudo: closed to direct writes; the right was checked above
        receipt = self.sudo()
        receipt._lock_for_transition()
        receipt.write(
            {
                "signed_by": signed_by,
                "signature": signature,
                "stamped_note": stamped_note,
                "stamped_note_name": note_name,
                "signed_on": fields.Datetime.now(),
                "signed_user_id": self.env.uid,
            }
        )
        receipt._ensure_note_is_paper()
        receipt.parts_order_id._complete_if_signed()
        receipt._drop_chase()

    def _ensure_note_is_paper(self):
        self.ensure_one()
        content = self.with_context(bin_size=False).stamped_note
        if not content:
            return
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "stamped_note"),
                ("res_id", "=", self.id),
            ],
            limit=1,
        )
        kind = guess_mimetype(attachment.raw or b"")
        if not (kind.startswith("image/") or kind == "application/pdf"):
            raise UserError(
                self.env._(
                    "%(receipt)s: the stamped note is neither a picture nor a PDF. "
                    "Photograph or scan the paper.",
                    receipt=self.name,
                )
            )

    def action_reject_note(self):
        """Ask for the note again: what came back cannot be read.

        :raises UserError: nothing came back, or the user is no parts keeper
        """
        for receipt in self:
            if not receipt.can_reject_note:
                raise UserError(
                    self.env._(
                        "%(receipt)s: only the parts keeper asks again, for a note "
                        "that came back.",
                        receipt=receipt.name,
                    )
                )
        # sudo: closed to direct writes; the right was checked above
        for receipt in self.sudo():
            order = receipt.parts_order_id
            if order.state == "done":
                order._transition("reopen")
            receipt.write({"signed_on": False, "chased_on": False})
            order._notify_dealer(
                self.env._(
                    "The delivery note of %(receipt)s cannot be read. Sign it or send "
                    "it again.",
                    receipt=receipt.name,
                )
            )

    def action_cancel(self):
        res = super().action_cancel()
        # sudo: the order follows
        self.sudo().parts_order_id._complete_if_signed()
        return res

    def _get_delivery_note(self):
        """See ``stock.picking._get_delivery_note``."""
        self.ensure_one()
        # sudo: the dealer reads his receipt; the delivery behind it is the company's
        return self.sudo().picking_id._get_delivery_note()

    def action_open_parts_order(self):
        self.ensure_one()
        return self.parts_order_id.get_formview_action()
