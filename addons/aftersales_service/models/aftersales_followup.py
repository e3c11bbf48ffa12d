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
    """What a customer said when he was asked after his case was closed (回访).

    Here it follows a case. An addon that follows up something else adds a link to it
    and says so in :meth:`_get_subject`.
    """

    _name = "aftersales.followup"
    _description = "Follow-up"
    _inherit = ["aftersales.dealer.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "asked_on desc, id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Case",
        index=True,
        ondelete="restrict",
        domain=[("closed", "=", True)],
    )
    dealer_id = fields.Many2one(
        compute="_compute_from_subject", store=True, precompute=True, default=None
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_from_subject",
        store=True,
        precompute=True,
    )
    phone = fields.Char(compute="_compute_phone")
    product_id = fields.Many2one(
        "product.product", compute="_compute_from_subject", store=True, precompute=True
    )
    lot_id = fields.Many2one(
        "stock.lot", compute="_compute_from_subject", store=True, precompute=True
    )
    asked_on = fields.Datetime(default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", string="Asked By", default=lambda self: self.env.user
    )
    reached = fields.Boolean(default=True, help="The customer answered.")
    score = fields.Selection(selection=SCORES, tracking=True)
    score_value = fields.Integer(
        string="Points", compute="_compute_score_value", store=True, aggregator="avg"
    )
    reason = fields.Text(help="Why the customer gives this score.")

    def _get_subject(self):
        """What the customer is asked about; extension point.

        :return: a record with dealer, customer, product and machine, or an empty one
        """
        self.ensure_one()
        return self.ticket_id

    @api.depends(
        "ticket_id.dealer_id",
        "ticket_id.partner_id",
        "ticket_id.product_id",
        "ticket_id.lot_id",
    )
    def _compute_from_subject(self):
        for followup in self:
            subject = followup._get_subject()
            followup.dealer_id = subject.dealer_id
            followup.partner_id = subject.partner_id
            followup.product_id = subject.product_id
            followup.lot_id = subject.lot_id

    @api.depends("ticket_id.partner_phone", "partner_id.phone")
    def _compute_phone(self):
        for followup in self:
            # sudo: whoever may ask a customer may call him
            partner = followup.sudo().partner_id
            followup.phone = followup.ticket_id.partner_phone or partner.phone

    @api.depends("score")
    def _compute_score_value(self):
        for followup in self:
            followup.score_value = int(followup.score or 0)

    def _is_ready(self):
        """Whether what the customer is asked about is over; extension point."""
        self.ensure_one()
        return not self.ticket_id or self.ticket_id.closed

    def _has_reason(self):
        """Whether it is written down why he is dissatisfied; extension point."""
        self.ensure_one()
        return bool((self.reason or "").strip())

    @api.constrains("ticket_id")
    def _check_subject(self):
        for followup in self:
            if not followup._get_subject():
                raise ValidationError(
                    self.env._(
                        "Follow-up %(followup)s: choose the case that the customer is "
                        "asked about.",
                        followup=followup.name,
                    )
                )

    @api.constrains("ticket_id")
    def _check_closed(self):
        for followup in self:
            if not followup._is_ready():
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
            if followup.score in ("1", "2") and not followup._has_reason():
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
        followups = super().create(vals_list)
        followups._check_subject()  # a constraint is not asked about what is not given
        return followups
