from odoo import models
from odoo.exceptions import UserError


class AftersalesDispatch(models.Model):
    """Nobody is sent before it is known whose case it is and who pays."""

    _inherit = "aftersales.dispatch"

    def _ensure_complete(self):
        result = super()._ensure_complete()
        self._ensure_assessed()
        return result

    def _ensure_assessed(self):
        """:raises UserError: the case's type needs an assessment that is not made"""
        self.ensure_one()
        case = self.ticket_id
        if case._is_assessment_due():
            raise UserError(
                self.env._(
                    "Job %(job)s is not sent: case %(case)s is not assessed yet. Press "
                    "“Assess” on the case and state cover, fault level and who acts; "
                    "then send the job.",
                    job=self.name,
                    case=case.display_name,
                )
            )
