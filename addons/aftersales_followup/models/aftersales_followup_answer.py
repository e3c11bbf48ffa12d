from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_service.models.aftersales_followup import SCORES


class AftersalesFollowupAnswer(models.Model):
    """The points a customer gives to one question; empty when he gives none."""

    _name = "aftersales.followup.answer"
    _description = "Follow-up answer"
    _inherit = "aftersales.dealer.mixin"
    _order = "followup_id, sequence, id"
    _rec_name = "question_id"

    followup_id = fields.Many2one(
        "aftersales.followup", required=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "aftersales.followup.question", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="question_id.sequence", store=True)
    dealer_id = fields.Many2one(
        related="followup_id.dealer_id", store=True, precompute=True, default=None
    )
    score = fields.Selection(selection=SCORES)

    _question_uniq = models.Constraint(
        "UNIQUE (followup_id, question_id)",
        "Each question is asked once in a follow-up.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers._ensure_open()
        return answers

    def write(self, vals):
        self._ensure_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self._ensure_open()

    def _ensure_open(self):
        """What the customer said is not changed afterwards.

        :raises UserError: names the follow-up that is over
        """
        for followup in self.followup_id:
            if followup.state not in followup._editable_states and not self.env.su:
                raise UserError(
                    self.env._(
                        "%(followup)s is over; its answers can no longer be changed.",
                        followup=followup.display_name,
                    )
                )
