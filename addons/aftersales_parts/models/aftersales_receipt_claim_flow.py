from odoo import fields, models
from odoo.fields import Command


class AftersalesReceiptClaim(models.Model):
    """The keeper's decision on what did not arrive well."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.receipt.claim"

    def _notify_keepers(self):
        """One task per receipt, for whoever shipped it if he still keeps parts."""
        # sudo: a dealer's user asks people whose work he may not plan himself
        for claims in self.sudo().grouped("receipt_id").values():
            picking = claims.receipt_id.picking_id
            keeper = picking.user_id or picking.write_uid
            claims[0].activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=keeper.id,
                summary=claims.with_context(lang=keeper.lang).env._(
                    "Decide on what was short, broken or wrong"
                ),
            )

    def action_decide(self):
        """Open the dialog of the decision that the button's context names."""
        decision = self.env.context["decision"]
        self._ensure_can(decision)
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_receipt_claim_decide_action"
            ),
            "context": {
                "default_claim_ids": self.ids,
                "default_decision": decision,
            },
        }

    def _decide(self, decision, note):
        """Record the decision; sending again prepares the delivery.

        :param str decision: resend, credit or refuse
        """
        self._transition(
            decision,
            {
                "decided_by": self.env.uid,
                "decided_on": fields.Datetime.now(),
                "decision_note": note,
            },
        )
        # sudo: the task is done, whoever of the keepers did it
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        if decision == "resend":
            for claims in self.grouped("receipt_id").values():
                claims._send_again()

    def _send_again(self):
        """One delivery for all the pieces of a receipt, reserved where possible."""
        picking = self.env["stock.picking"].create(self._prepare_picking_vals())
        picking.action_confirm()
        picking.action_assign()
        # sudo: the link is closed to direct writes
        self.sudo().picking_id = picking

    def _prepare_picking_vals(self):
        original = self.receipt_id.picking_id
        places = {
            "location_id": original.location_id.id,
            "location_dest_id": original.location_dest_id.id,
        }
        return {
            **places,
            "picking_type_id": original.picking_type_id.id,
            "partner_id": original.partner_id.id,
            "origin": ", ".join(self.mapped("name")),
            "move_ids": [
                Command.create(
                    {
                        **places,
                        "product_id": claim.product_id.id,
                        "product_uom_qty": claim.quantity,
                    }
                )
                for claim in self
            ],
        }

    def action_withdraw(self):
        """The dealer found the pieces after all."""
        self._transition("withdraw")
        # sudo: the keeper's task has no matter any more
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
