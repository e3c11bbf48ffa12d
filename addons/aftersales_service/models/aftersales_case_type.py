from odoo import fields, models

SEVERITIES = [
    ("1", "1 – Machine down"),
    ("2", "2 – Impaired"),
    ("3", "3 – Minor"),
]


class AftersalesCaseType(models.Model):
    """What a customer calls about, and what such a case demands."""

    _name = "aftersales.case.type"
    _description = "Case type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    needs_serial = fields.Boolean(
        string="Needs a Serial Number",
        help="A technician is sent, and a repair recorded, only for a known machine.",
    )
    needs_dispatch = fields.Boolean(
        string="Needs a Visit",
        help="Resolved by a technician's finished job, not by a note.",
    )
    is_complaint = fields.Boolean(
        string="Complaint", help="Counts as a complaint about product or service."
    )
    needs_answer = fields.Boolean(
        string="Answer Now or Promise",
        help="The customer is answered at once, or promised a time for the answer.",
    )
    service_level_id = fields.Many2one(
        "aftersales.service.level",
        help="Service level that a case of this type starts with.",
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        help="Team that a case of this type goes to, unless its customer has one.",
    )
    severity = fields.Selection(
        selection=SEVERITIES,
        default="3",
        help="Severity that a case of this type starts with.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A case type with this code exists."
    )
