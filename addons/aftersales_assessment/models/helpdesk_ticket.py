from odoo import api, fields, models

from .aftersales_assessment import STATES
from .aftersales_assessment_route import ACTORS


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    assessment_ids = fields.One2many(
        "aftersales.assessment", "ticket_id", string="Assessments"
    )
    assessment_id = fields.Many2one(
        "aftersales.assessment", compute="_compute_assessment"
    )
    assessment_state = fields.Selection(
        selection=STATES,
        string="Assessment Status",
        compute="_compute_assessment",
    )
    assessment_actor = fields.Selection(
        selection=ACTORS, string="Who Acts", compute="_compute_assessment"
    )

    @api.depends("assessment_ids.state", "assessment_ids.actor")
    def _compute_assessment(self):
        for ticket in self:
            assessment = ticket.assessment_ids[:1]
            ticket.assessment_id = assessment
            ticket.assessment_state = assessment.state
            ticket.assessment_actor = assessment.actor

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets._create_assessments()
        return tickets

    def write(self, vals):
        result = super().write(vals)
        if "case_type_id" in vals:
            self._create_assessments()
        return result

    def _create_assessments(self):
        """One assessment for each case whose type needs one and that has none."""
        # sudo: an assessment comes with its case, whoever takes it down
        tickets = self.sudo().filtered(
            lambda ticket: (
                ticket.case_type_id.needs_assessment
                and not ticket.assessment_ids
                and not ticket.closed
            )
        )
        if tickets:
            tickets.env["aftersales.assessment"].create(
                [{"ticket_id": ticket.id} for ticket in tickets]
            )

    def _is_assessment_due(self):
        """Whether an assessment is demanded and not made yet; extension point."""
        self.ensure_one()
        # sudo: whoever sends has to know, whether he may read assessments or not
        case = self.sudo()
        is_draft = case.assessment_id.state == "draft"
        return case.case_type_id.needs_assessment and is_draft

    def action_open_assessment(self):
        """Open the case's assessment."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assessment"),
            "res_model": "aftersales.assessment",
            "res_id": self.assessment_id.id,
            "view_mode": "form",
        }
