from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesOldPart(models.Model):
    """The steps of an old part: packed, taken in, decided."""

    _inherit = "aftersales.old.part"

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        if name == "inspect" and self.state == "inspected":
            return allowed and self.dispute_state in ("answered", "late")
        if name == "answer":
            return allowed and self.dispute_state in ("waiting", "late")
        if name == "dispose":
            return allowed and self._is_disposable()
        return allowed

    def action_receive(self):
        """Take in pieces handed over at the counter, or late ones of a box."""
        self._transition(
            "receive", {"received_on": fields.Datetime.now(), "is_missing": False}
        )

    def _inspect(self, decision):
        """Record one decision of the technical department on all these pieces.

        :param dict decision: finding, cause, responsibility, disposition and, if one
            was taken, image
        :raises UserError: a piece was not received, or was decided without dispute
        """
        decided = self.filtered(
            lambda part: part.state == "inspected" and part.disposition != "disputed"
        )
        if decided:
            raise UserError(
                self.env._(
                    "%(tag)s was inspected already. Only a disputed decision can be "
                    "taken again.",
                    tag=decided[0].name,
                )
            )
        self._ensure_answered()
        self._transition(
            "inspect",
            {
                **decision,
                "inspected_by": self.env.uid,
                "inspected_on": fields.Datetime.now(),
                **self._prepare_dispute_vals(decision),
            },
        )
        self._ask_dealers()
        self._on_inspected()

    def _on_inspected(self):
        """Extension point: the pieces of ``self`` have just been decided on."""

    def action_open_inspect(self):
        """Open the form of the decision, for one tag or for many."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_old_part_inspect_action"
            ),
            "context": {"default_old_part_ids": self.ids},
        }

    def action_print_labels(self):
        return self.env.ref(
            "aftersales_parts.aftersales_old_part_label_report"
        ).report_action(self)

    def action_pack(self):
        """Put the chosen tags into a new box and open it."""
        boxes = self.env["aftersales.old.part.return"]
        box = boxes.create({"dealer_id": self.dealer_id[:1].id})
        taken = self.filtered(lambda tag: tag.state != "recovered" or tag.return_id)
        if taken:
            raise UserError(
                self.env._(
                    "%(tag)s is in a box already. Choose tags that wait to be sent.",
                    tag=taken[0].name,
                )
            )
        self.return_id = box
        return box.get_formview_action()
