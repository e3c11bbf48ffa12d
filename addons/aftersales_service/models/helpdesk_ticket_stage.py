from odoo import fields, models


class HelpdeskTicketStage(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket.stage"

    needs_resolution = fields.Boolean(
        string="Only When Resolved",
        help="A case enters this stage only after it has been resolved.",
    )
