from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

DEALER = "aftersales_dealer.group_dealer_user"
SUPPORT = "aftersales_dealer.group_support"
ACCOUNTANT = "aftersales_dealer.group_warranty_accountant"
MANAGER = "aftersales_dealer.group_manager"
SERVICE = f"{DEALER},{SUPPORT}"
# The books are the company's own; a dealer's people are internal users, too.
COMPANY_ONLY = f"base.group_user,!{DEALER}"
STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("refused", "Refused"),
    ("expired", "Expired"),
    ("superseded", "Replaced"),
    ("invoiced", "Invoiced"),
    ("cancelled", "Cancelled"),
]


class AftersalesQuotation(models.Model):
    """What the customer is asked to pay for work out of cover, and what he agreed to.

    A sent quotation is never edited: a change makes a new version, which the customer
    accepts again. The version accepted last stays in force until then. Covered lines
    are shown and not charged.
    """

    _name = "aftersales.quotation"
    _description = "Service quotation"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, name desc, version desc"
    _rec_names_search = ["name", "ticket_id.number", "repair_id.name"]

    _transitions = {
        "send": Transition(("draft",), "sent", SERVICE),
        "accept": Transition(("sent",), "accepted", SERVICE),
        "refuse": Transition(("sent",), "refused", SERVICE),
        "expire": Transition(("sent",), "expired", SUPPORT),
        "supersede": Transition(
            ("draft", "sent", "accepted", "refused", "expired"), "superseded", SERVICE
        ),
        "cancel": Transition(("draft", "sent", "accepted"), "cancelled", SERVICE),
        "invoice": Transition(("accepted",), "invoiced", ACCOUNTANT),
        "bill": Transition(("accepted",), "invoiced", SERVICE),
        "credit": Transition(("invoiced",), "cancelled", ACCOUNTANT),
    }
    _protected_fields = (
        "name",
        "version",
        "previous_id",
        "sent_on",
        "accepted_on",
        "acceptance",
        "accepted_by",
        "agreed_with_id",
        "signature",
        "close_reason",
        "move_id",
        "dealer_invoice_ref",
        "dealer_invoice_date",
        "dealer_invoice_amount",
        "dealer_paid_on",
        "access_token",
    )
    _editable_states = ("draft",)

    name = fields.Char(
        string="Number", required=True, readonly=True, copy=False, default="/"
    )
    version = fields.Integer(default=1, readonly=True, copy=False, aggregator=None)
    previous_id = fields.Many2one(
        "aftersales.quotation",
        string="Previous Version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    state = fields.Selection(
        selection=STATES, default="draft", required=True, tracking=True, index=True
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Case",
        required=True,
        index=True,
        ondelete="restrict",
    )
    repair_id = fields.Many2one(
        "repair.order",
        string="Repair Record",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('ticket_id', '=', ticket_id)]",
    )
    dealer_id = fields.Many2one(
        compute="_compute_dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_dealer_id",
        store=True,
        precompute=True,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_partner_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    product_id = fields.Many2one(related="ticket_id.product_id", string="Machine")
    lot_id = fields.Many2one(related="ticket_id.lot_id", string="Serial Number")
    date = fields.Date(required=True, default=fields.Date.context_today, copy=False)
    valid_until = fields.Date(
        compute="_compute_valid_until",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        required=True,
        help="Last day on which the customer can accept.",
    )
    line_ids = fields.One2many("aftersales.quotation.line", "quotation_id", copy=True)
    note = fields.Text(string="Remarks", help="Printed for the customer.")
    # The customer's word
    sent_on = fields.Datetime(readonly=True, copy=False)
    accepted_on = fields.Datetime(readonly=True, copy=False)
    acceptance = fields.Selection(
        [
            ("screen", "Signed on Screen"),
            ("portal", "Signed by Link"),
            ("phone", "Agreed by Phone"),
        ],
        string="Accepted by Way of",
        readonly=True,
        copy=False,
    )
    accepted_by = fields.Char(
        readonly=True, copy=False, tracking=True, help="Name of the person who agreed."
    )
    agreed_with_id = fields.Many2one(
        "res.users",
        string="Agreed with",
        readonly=True,
        copy=False,
        help="The colleague who was at the screen or on the phone.",
    )
    signature = fields.Image(readonly=True, copy=False, max_width=1024, max_height=1024)
    close_reason = fields.Char(
        string="Reason Given", readonly=True, copy=False, tracking=True
    )
    # Whose books: ours by an entry, a dealer's by what he tells
    move_id = fields.Many2one(
        "account.move",
        string="Customer Invoice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=COMPANY_ONLY,
    )
    dealer_invoice_ref = fields.Char(
        string="Dealer's Invoice No.", readonly=True, copy=False, tracking=True
    )
    dealer_invoice_date = fields.Date(readonly=True, copy=False)
    dealer_invoice_amount = fields.Monetary(readonly=True, copy=False, tracking=True)
    dealer_paid_on = fields.Date(readonly=True, copy=False, tracking=True)

    can_send = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_invoice = fields.Boolean(compute="_compute_can")
    can_bill = fields.Boolean(compute="_compute_can")
    can_credit = fields.Boolean(compute="_compute_can")
    can_renew = fields.Boolean(compute="_compute_can_renew")

    # Of one repair (or of a case before its repair) one offer is open, one is agreed.
    _open_uniq = models.UniqueIndex(
        "(ticket_id, COALESCE(repair_id, 0)) WHERE state IN ('draft', 'sent')",
        "An open quotation for this work exists already.",
    )
    _accepted_uniq = models.UniqueIndex(
        "(ticket_id, COALESCE(repair_id, 0)) WHERE state IN ('accepted', 'invoiced')",
        "A quotation for this work is accepted already.",
    )
    _version_uniq = models.UniqueIndex(
        "(name, version) WHERE name != '/'", "This version of the quotation exists."
    )
    _dates_ordered = models.Constraint(
        "CHECK (valid_until >= date)",
        "A quotation cannot end before its own date.",
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for quotation in self:
            suffix = f"-V{quotation.version}" if quotation.version > 1 else ""
            quotation.display_name = f"{quotation.name}{suffix}"

    @api.depends("ticket_id")
    def _compute_dealer_id(self):
        for quotation in self:
            quotation.dealer_id = quotation.ticket_id.dealer_id
            quotation.company_id = quotation.ticket_id.company_id or self.env.company

    @api.depends("ticket_id.partner_id")
    def _compute_partner_id(self):
        for quotation in self:
            if quotation.state in (False, "draft"):
                quotation.partner_id = quotation.ticket_id.partner_id

    @api.depends("date", "company_id")
    def _compute_valid_until(self):
        for quotation in self:
            if quotation.date:
                days = timedelta(days=quotation.company_id.aftersales_quotation_days)
                quotation.valid_until = quotation.date + days

    def _compute_access_url(self):
        for quotation in self:
            quotation.access_url = f"/my/aftersales/quotations/{quotation.id}"

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.display_name

    @api.constrains("repair_id", "ticket_id")
    def _check_repair_of_case(self):
        for quotation in self:
            # sudo: a repair that the user may link he may also have read
            repair = quotation.repair_id.sudo()
            if repair and repair.ticket_id != quotation.ticket_id:
                raise ValidationError(
                    self.env._(
                        "Repair %(repair)s does not belong to the case of quotation "
                        "%(quotation)s. Choose a repair of the same case.",
                        repair=repair.name,
                        quotation=quotation.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        quotations = super().create(vals_list)
        for quotation in quotations.filtered(lambda q: q.name == "/"):
            # sudo: the number is closed to direct writes, and so are sequences
            numbers = self.env["ir.sequence"].sudo().with_company(quotation.company_id)
            quotation.sudo().name = numbers.next_by_code("aftersales.quotation")
        return quotations

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        for quotation in self:
            if quotation.state != "draft" or quotation.version > 1:
                raise ValidationError(
                    self.env._(
                        "Quotation %(quotation)s has been shown to the customer and is "
                        "kept. Cancel it instead.",
                        quotation=quotation.display_name,
                    )
                )
