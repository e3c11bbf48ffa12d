from odoo import fields, models


class HelpdeskTicketStage(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket.stage"

    next_stage_ids = fields.Many2many(
        "helpdesk.ticket.stage",
        "helpdesk_ticket_stage_next_rel",
        "stage_id",
        "next_stage_id",
        string="May Go On To",
        help="Stages that a case may be moved to from here; empty means any.",
    )
    needs_resolution = fields.Boolean(
        string="Only When Resolved",
        help="A case enters this stage only after it has been resolved.",
    )
