from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

COMPANY = "aftersales_dealer.group_support,aftersales_dealer.group_quality"
# Seen by the company only: what it thinks of the case and what it may cost.
INTERNAL = "base.group_user,!aftersales_dealer.group_dealer_user"
RESPONSIBLE = [
    ("company", "Company"),
    ("dealer", "Dealer"),
    ("product", "Product"),
    ("supplier", "Supplier"),
    ("carrier", "Carrier"),
    ("customer", "Customer"),
    ("nobody", "Nobody"),
]


class AftersalesComplaint(models.Model):
    """A complaint (投诉): what was wrong, who puts it right, whether that worked.

    It goes from the first response over a measure, whose effect somebody else than its
    owner has checked, to the answer to the customer; each step asks for its part.
    """

    _name = "aftersales.complaint"
    _description = "Complaint"
    _inherit = [
        "aftersales.transition.mixin",
        "aftersales.dealer.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "received_at desc, id desc"
    _rec_names_search = ["name", "summary"]

    _transitions = {
        "respond": Transition(("open",), "responded", COMPANY),
        "decide": Transition(("responded",), "measure", COMPANY),
        "check": Transition(("measure",), "checked", COMPANY),
        "redo": Transition(("measure",), "responded", COMPANY),
        "answer": Transition(("checked",), "answered", COMPANY),
        "close": Transition(("answered",), "closed", COMPANY),
        "reopen": Transition(
            ("responded", "measure", "checked", "answered", "closed"), "open", COMPANY
        ),
    }
    _protected_fields = (
        "name",
        "followup_id",
        "responded_at",
        "responded_by_id",
        "measure_done_on",
        "checked_by_id",
        "checked_on",
        "answered_at",
        "closed_at",
        "reopened_at",
        "reopen_count",
        "reopen_reason",
        "reminded_deadline",
    )
    _editable_states = ("open", "responded", "measure", "checked", "answered")

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("responded", "Responded"),
            ("measure", "Measure"),
            ("checked", "Checked"),
            ("answered", "Answered"),
            ("closed", "Closed"),
        ],
        default="open",
        required=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    can_respond = fields.Boolean(compute="_compute_can")
    can_decide = fields.Boolean(compute="_compute_can")
    can_check = fields.Boolean(compute="_compute_can")
    can_redo = fields.Boolean(compute="_compute_can")
    can_answer = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can_edit")
    can_report_done = fields.Boolean(compute="_compute_can_report_done")
    # What the customer complains about
    summary = fields.Char(required=True, tracking=True)
    description = fields.Text(string="In His Words")
    class_id = fields.Many2one(
        "aftersales.complaint.class",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    severity = fields.Selection(
        selection=[("1", "1 – Serious"), ("2", "2 – Considerable"), ("3", "3 – Minor")],
        required=True,
        default="2",
        tracking=True,
    )
    source = fields.Selection(
        selection=[
            ("customer", "Customer"),
            ("followup", "Follow-up"),
            ("authority", "Authority (12315)"),
            ("media", "Media"),
        ],
        required=True,
        default="customer",
        tracking=True,
    )
    source_ref = fields.Char(
        string="Reference", help="The authority's or publisher's number."
    )
    received_at = fields.Datetime(
        required=True, default=fields.Datetime.now, index=True, tracking=True
    )
    # What it is about
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Case", index="btree_not_null", ondelete="restrict"
    )
    repair_id = fields.Many2one(
        "repair.order",
        compute="_compute_repair_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('ticket_id', '=', ticket_id), ('ticket_id', '!=', False)]",
    )
    staff_ids = fields.Many2many(
        "aftersales.staff",
        string="People Involved",
        compute="_compute_staff_ids",
        store=True,
        readonly=False,
    )
    followup_id = fields.Many2one(
        "aftersales.followup", readonly=True, copy=False, ondelete="restrict"
    )
    dealer_id = fields.Many2one(
        compute="_compute_from_ticket",
        store=True,
        readonly=False,
        precompute=True,
        default=None,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_from_ticket",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    partner_phone = fields.Char(
        string="Phone",
        compute="_compute_from_ticket",
        store=True,
        readonly=False,
        precompute=True,
    )
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_from_ticket",
        store=True,
        readonly=False,
        precompute=True,
    )
    lot_id = fields.Many2one(related="ticket_id.lot_id", string="Machine", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Handled By",
        default=lambda self: self._default_user_id(),
        index=True,
        tracking=True,
        domain="[('share', '=', False), ('dealer_id', '=', False)]",
    )
    # First response
    apology = fields.Text(help="How we apologised.")
    response = fields.Text(
        string="First Response", help="What the customer was told will happen."
    )
    responded_at = fields.Datetime(readonly=True, copy=False)
    responded_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    # Cause and measure
    cause_id = fields.Many2one(
        "aftersales.complaint.cause", index=True, ondelete="restrict", tracking=True
    )
    finding = fields.Text(string="What Was Found")
    responsible = fields.Selection(selection=RESPONSIBLE, tracking=True)
    measure = fields.Text(help="What is done so that it does not happen again.")
    measure_owner_id = fields.Many2one(
        "res.users", tracking=True, domain="[('share', '=', False)]"
    )
    measure_due = fields.Date(tracking=True)
    measure_report = fields.Text(help="What the owner reports to have done.")
    measure_done_on = fields.Date(readonly=True, copy=False, tracking=True)
    # Did it work
    check_result = fields.Selection(
        selection=[("effective", "Effective"), ("ineffective", "Not Effective")],
        copy=False,
        tracking=True,
    )
    check_note = fields.Text(copy=False, help="How it was checked, and what was seen.")
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    checked_on = fields.Date(readonly=True, copy=False)
    # The answer
    answer = fields.Html(
        string="Answer to the Customer",
        copy=False,
        help="Sent to the customer by mail.",
    )
    answered_at = fields.Datetime(readonly=True, copy=False, tracking=True)
    closed_at = fields.Datetime(readonly=True, copy=False)
    reopened_at = fields.Datetime(readonly=True, copy=False)
    reopen_count = fields.Integer(readonly=True, copy=False)
    reopen_reason = fields.Char(readonly=True, copy=False, tracking=True)
    followup_ids = fields.One2many(
        "aftersales.followup", "complaint_id", string="Follow-ups Afterwards"
    )
    followup_count = fields.Integer(compute="_compute_followup_count")
    dealer_statement = fields.Text(
        string="Dealer's Statement", help="How the dealer sees it."
    )
    # The company's own view
    assessment = fields.Html(
        string="Internal Assessment",
        groups=INTERNAL,
        help="Seen by the company only.",
    )
    exposure = fields.Selection(
        selection=[
            ("none", "None"),
            ("goodwill", "Goodwill"),
            ("legal", "Legal Dispute"),
            ("press", "Press"),
        ],
        groups=INTERNAL,
        help="What it may come to; seen by the company only.",
    )

    _followup_uniq = models.UniqueIndex(
        "(followup_id) WHERE followup_id IS NOT NULL",
        "This follow-up has become a complaint already.",
    )

    def _default_user_id(self):
        """Whoever takes it down, unless he is a dealer's."""
        return self.env["res.users"] if self.env.user.is_dealer else self.env.user

    # COMPUTES

    @api.depends_context("uid")
    def _compute_can_edit(self):
        """Whether the form is the user's, or but his two fields of it."""
        self.can_edit = not self.env.user.is_dealer

    @api.depends("ticket_id")
    def _compute_repair_id(self):
        for complaint in self:
            repairs = complaint.ticket_id.repair_ids.filtered(
                lambda repair: repair.state != "cancel"
            )
            complaint.repair_id = complaint.repair_id or repairs[-1:]

    @api.depends("repair_id")
    def _compute_staff_ids(self):
        for complaint in self:
            complaint.staff_ids = complaint.staff_ids | complaint.repair_id.staff_id

    @api.depends("ticket_id")
    def _compute_from_ticket(self):
        for complaint in self:
            ticket = complaint.ticket_id
            complaint.dealer_id = ticket.dealer_id or complaint.dealer_id
            complaint.partner_id = ticket.partner_id or complaint.partner_id
            complaint.product_id = ticket.product_id or complaint.product_id
            complaint.partner_phone = (
                complaint.partner_phone
                or ticket.partner_phone
                or complaint.partner_id.phone
            )

    def _compute_followup_count(self):
        groups = self.env["aftersales.followup"]._read_group(
            [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]
        )
        counts = {complaint.id: count for complaint, count in groups}
        for complaint in self:
            complaint.followup_count = counts.get(complaint._origin.id, 0)

    @api.depends("name", "summary")
    def _compute_display_name(self):
        for complaint in self:
            complaint.display_name = f"{complaint.name} {complaint.summary or ''}"

    @api.constrains("repair_id", "ticket_id")
    def _check_repair(self):
        for complaint in self.filtered("repair_id"):
            if complaint.repair_id.ticket_id != complaint.ticket_id:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: repair %(repair)s belongs to another case. "
                        "Choose a repair of this case.",
                        complaint=complaint.name,
                        repair=complaint.repair_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                # sudo: everybody who may take a complaint down draws a number
                sequence = self.env["ir.sequence"].sudo()
                number = sequence.next_by_code("aftersales.complaint")
                vals["name"] = number or "/"
        return super().create(vals_list)

    @api.model
    def _check_protected_create(self, vals):
        # the number was drawn for the user a moment ago
        return super()._check_protected_create(
            {key: value for key, value in vals.items() if key != "name"}
        )

    def write(self, vals):
        if not self.env.su and self.env.user.is_dealer:
            self._check_dealer_fields(vals)
        return super().write(vals)

    @api.model
    def _get_dealer_fields(self):
        """What a dealer's user may write of a complaint about his dealer."""
        return {"dealer_statement", "measure_report"}

    def _check_dealer_fields(self, vals):
        """:raises AccessError: names what is the company's to write"""
        self.check_access("write")
        allowed = self._get_dealer_fields()
        closed = [
            name
            for name in vals
            if name not in allowed and not name.startswith(("message_", "activity_"))
        ]
        if closed:
            raise AccessError(
                self.env._(
                    "%(fields)s of a complaint is the company's to write. Your place "
                    "is the dealer's statement, and the report on your measure.",
                    fields=self._get_field_labels(closed),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for complaint in self:
            raise UserError(
                self.env._(
                    "%(complaint)s is kept as evidence and cannot be deleted.",
                    complaint=complaint.display_name,
                )
            )
