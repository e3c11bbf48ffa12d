from odoo import fields, models


class AftersalesAssessmentReason(models.TransientModel):
    """Why a step of an assessment is taken."""

    _name = "aftersales.assessment.reason"
    _description = "Reason of a step of an assessment"

    assessment_id = fields.Many2one(
        "aftersales.assessment", required=True, readonly=True, ondelete="cascade"
    )
    step = fields.Selection(
        selection=[
            ("covered", "Decide: In Cover"),
            ("not_covered", "Decide: Not in Cover"),
            ("hand_back", "Hand Back to the Company"),
            ("ask", "Ask Support to Take Over"),
            ("agree", "Take Over"),
            ("decline", "Leave to the Dealer"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Take the step.

        :raises UserError: the assessment refuses it
        """
        for wizard in self:
            assessment = wizard.assessment_id
            if wizard.step in ("covered", "not_covered"):
                assessment._overrule(wizard.step, wizard.reason)
            else:
                getattr(assessment, f"_{wizard.step}")(wizard.reason)
        return {"type": "ir.actions.act_window_close"}
