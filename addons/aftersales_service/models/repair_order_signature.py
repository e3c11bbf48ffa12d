from odoo import fields, models

# While lines are written through their repair record the record itself looks after
# its signature, once, when all of them are written.
SIGNING = "aftersales_signing"


class RepairOrder(models.Model):
    """A signature stands for what was on the record when it was given.

    What was signed is kept beside the signature and compared again when the repair is
    finished, so that no way of changing a line goes round it.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "repair.order"

    signed_content = fields.Json(readonly=True, copy=False)
    signature_void_reason = fields.Char(readonly=True, copy=False)

    def _get_signed_content(self):
        """What the customer signs for, by field name; extension point.

        :return: dict of values that JSON keeps as they are
        """
        self.ensure_one()
        parts = self.move_ids.filtered(
            lambda m: m.repair_line_type == "add" and m.state != "cancel"
        )
        return {
            "usage": round(self.usage, 3),
            "travel_km": round(self.travel_km, 3),
            "move_ids": sorted(
                [m.product_id.id, round(m.product_uom_qty, 6), m.covered] for m in parts
            ),
            "labour_ids": sorted(
                [line.operation_id.id, round(line.hours, 3), line.covered]
                for line in self.labour_ids
            ),
        }

    def _get_changes_since_signed(self):
        """Names of the fields that are no longer as the customer signed them."""
        self.ensure_one()
        signed = self.signed_content
        if not signed:
            return []
        now = self._get_signed_content()
        return [name for name in now if now[name] != signed.get(name, now[name])]

    def _is_signed(self):
        """Whether the customer agreed to the record as it is now."""
        self.ensure_one()
        return bool(
            self._has_signature()
            and (self.signed_by or "").strip()
            and not self._get_changes_since_signed()
        )

    def _has_signature(self):
        """Whether there is a proof of the customer's consent; extension point."""
        self.ensure_one()
        return bool(self.customer_signature)

    def write(self, vals):
        result = super(RepairOrder, self.with_context(**{SIGNING: True})).write(vals)
        if vals.get("customer_signature"):
            self._seal_signature()
        elif "customer_signature" in vals:
            self.sudo().signed_content = False  # sudo: closed to direct writes
        else:
            self._void_stale_signatures()
        return result

    def _seal_signature(self):
        """Note what is signed for from now on."""
        for repair in self.sudo():  # sudo: closed to direct writes
            repair.write(
                {
                    "signed_content": repair._get_signed_content(),
                    "signature_void_reason": False,
                }
            )

    def _void_stale_signatures(self):
        """Take back the signatures of open repairs that were changed afterwards.

        The technician is told what changed: the customer has to sign again.
        """
        # sudo: the fields of the signature are closed to direct writes
        for repair in self.sudo().filtered("signed_content"):
            if not repair._is_open():
                continue
            changes = repair._get_changes_since_signed()
            if not changes:
                continue
            reason = repair._get_void_reason(changes)
            repair.write(repair._prepare_void_vals(reason))
            repair.message_post(body=reason)

    def _get_void_reason(self, changes):
        self.ensure_one()
        labels = (self._fields[name]._description_string(self.env) for name in changes)
        return self.env._(
            "The signature of %(customer)s no longer counts: changed afterwards: "
            "%(fields)s. Let the customer look at the record and sign again.",
            customer=self.signed_by or self.partner_id.name or "",
            fields=", ".join(labels),
        )

    def _prepare_void_vals(self, reason):
        """Values that take a signature back; extension point."""
        return {
            "customer_signature": False,
            "signed_on": False,
            "signed_content": False,
            "signature_void_reason": reason,
        }
