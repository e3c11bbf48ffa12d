from odoo import api, fields, models
from odoo.exceptions import ValidationError

SCORES = [
    ("1", "1 – Very dissatisfied"),
    ("2", "2 – Dissatisfied"),
    ("3", "3 – Fair"),
    ("4", "4 – Satisfied"),
    ("5", "5 – Very satisfied"),
]


class AftersalesFollowup(models.Model):
    """What a customer said when he was asked after his case was closed (回访)."""

    _name = "aftersales.followup"
    _description = "Follow-up"
    _inherit = ["aftersales.dealer.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "asked_on desc, id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Case",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("closed", "=", True)],
    )
    dealer_id = fields.Many2one(
        related="ticket_id.dealer_id", store=True, precompute=True, default=None
    )
    partner_id = fields.Many2one(related="ticket_id.partner_id", store=True)
    phone = fields.Char(related="ticket_id.partner_phone")
    product_id = fields.Many2one(related="ticket_id.product_id", store=True)
    lot_id = fields.Many2one(related="ticket_id.lot_id")
    asked_on = fields.Datetime(default=fields.Datetime.now, required=True)
    user_id = fields.Many2one(
        "res.users", string="Asked By", default=lambda self: self.env.user
    )
    reached = fields.Boolean(default=True, help="The customer answered.")
    score = fields.Selection(selection=SCORES, tracking=True)
    score_value = fields.Integer(
        string="Points", compute="_compute_score_value", store=True, aggregator="avg"
    )
    reason = fields.Text(help="Why the customer gives this score.")

    @api.depends("score")
    def _compute_score_value(self):
        for followup in self:
            followup.score_value = int(followup.score or 0)

    @api.constrains("ticket_id")
    def _check_closed(self):
        for followup in self:
            if not followup.ticket_id.closed:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s is not closed yet; ask the customer afterwards.",
                        case=followup.ticket_id.display_name,
                    )
                )

    @api.constrains("reached", "score", "reason")
    def _check_score(self):
        for followup in self:
            if followup.reached and not followup.score:
                raise ValidationError(
                    self.env._(
                        "Follow-up %(followup)s needs the customer's score, or untick "
                        "“Reached”.",
                        followup=followup.name,
                    )
                )
            if followup.score in ("1", "2") and not (followup.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Follow-up %(followup)s: write down why the customer is "
                        "dissatisfied.",
                        followup=followup.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                # sudo: everybody who may ask draws a number
                sequence = self.env["ir.sequence"].sudo()
                vals["name"] = sequence.next_by_code("aftersales.followup") or "/"
        return super().create(vals_list)
