from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesClaim(models.Model):
    """The buttons of a claim: check, file, decide, reopen."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.claim"

    def action_submit(self):
        """File the claims; the rules decide at once what they can decide.

        :raises UserError: the claim has no lines
        """
        for claim in self:
            if not claim.line_ids:
                raise UserError(
                    self.env._(
                        "%(claim)s has nothing to claim: the repair record shows no "
                        "parts, labour or travel.",
                        claim=claim.name,
                    )
                )
        self._transition(
            "submit",
            {
                "submitted_on": fields.Date.context_today(self),
                "submitted_by_id": self.env.uid,
            },
        )
        # sudo: rules and amounts are the company's; the right to file was checked
        self.sudo()._adjudicate()

    def action_check(self):
        """Show what the rules would say if the claim were filed now. Writes nothing."""
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("aftersales_claim.aftersales_claim_view_form_check")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check of %(claim)s", claim=self.name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_refresh(self):
        """Take the positions from the repair record once more.

        :raises UserError: the claim is filed already
        """
        self.check_access("write")
        self._ensure_editable()
        for claim in self:
            # sudo: positions from the record are closed to hand-editing, even ours
            claim.sudo()._refresh_lines()

    def _refresh_lines(self):
        self.ensure_one()
        self.line_ids.filtered("is_from_record").unlink()
        vals_list = self.repair_id._prepare_claim_line_vals_list()
        self.env["aftersales.claim.line"].create(
            [{**vals, "claim_id": self.id} for vals in vals_list]
        )

    def action_review(self):
        self._transition("review")

    def action_approve(self):
        """Grant what the positions' approved amounts say.

        :raises UserError: an old part of the claim is still to be inspected
        """
        waiting = self.filtered("is_waiting_old_part")
        if waiting:
            raise UserError(
                self.env._(
                    "%(claim)s waits for its old parts (%(tags)s). Have them "
                    "inspected, or take off the amount of their positions by hand "
                    "first.",
                    claim=waiting[0].name,
                    tags=", ".join(waiting[0]._get_waiting_old_parts().mapped("name")),
                )
            )
        self._check_explained()
        self._transition("approve", self._prepare_decided_vals())

    def action_reject(self):
        return self._open_decide("reject")

    def action_send_back(self):
        return self._open_decide("send_back")

    def action_reopen(self):
        return self._open_decide("reopen")

    def _open_decide(self, outcome):
        self._ensure_can(outcome)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_claim.aftersales_claim_decide_action"
        )
        return {
            **action,
            "context": {"default_claim_ids": self.ids, "default_outcome": outcome},
        }
