from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

DEALER = "aftersales_dealer.group_dealer_user"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
KEEPER = "aftersales_dealer.group_parts_keeper"


class AftersalesPartsCount(models.Model):
    """A dealer counts his parts (盘点单): what lies there against the books.

    Each difference has a reason. Small ones the dealer's manager approves, larger ones
    the company. Posting moves the differences once; what moved while people counted
    stays true, since differences are posted and not totals.
    """

    _name = "aftersales.parts.count"
    _description = "Parts count"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"

    _transitions = {
        "start": Transition(("draft",), "counting", f"{DEALER},{KEEPER}"),
        "submit": Transition(("counting",), "submitted", f"{DEALER},{KEEPER}"),
        "approve": Transition(("submitted",), "posted", f"{DEALER_MANAGER},{KEEPER}"),
        "send_back": Transition(
            ("submitted",), "counting", f"{DEALER_MANAGER},{KEEPER}"
        ),
        "cancel": Transition(
            ("draft", "counting", "submitted"), "cancelled", f"{DEALER},{KEEPER}"
        ),
    }
    _editable_states = ("draft", "counting")
    _protected_fields = ("name", "started_on", "posted_by", "posted_on")

    name = fields.Char(readonly=True, copy=False, default="/")
    dealer_id = fields.Many2one(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("counting", "Counting"),
            ("submitted", "To Approve"),
            ("posted", "Posted"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        tracking=True,
        index=True,
    )
    line_ids = fields.One2many("aftersales.parts.count.line", "count_id")
    started_on = fields.Datetime(readonly=True, copy=False)
    posted_by = fields.Many2one("res.users", readonly=True, copy=False)
    posted_on = fields.Datetime(readonly=True, copy=False)
    note = fields.Text()
    difference_count = fields.Integer(
        string="Differences", compute="_compute_totals", store=True
    )
    value_difference = fields.Monetary(
        string="Value of Differences",
        compute="_compute_totals",
        store=True,
        help="Surplus less shortage, at the dealer's price.",
    )
    value_gross = fields.Monetary(
        string="Gross Differences",
        compute="_compute_totals",
        store=True,
        help="Surplus and shortage added up: what the approval limit looks at.",
    )
    needs_company = fields.Boolean(
        string="Company Approves", compute="_compute_needs_company"
    )
    can_start = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_send_back = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _open_uniq = models.UniqueIndex(
        "(dealer_id) WHERE state IN ('counting', 'submitted')",
        "This dealer is counting already. Finish or cancel that count first.",
    )

    # COMPUTES

    @api.depends("line_ids.difference", "line_ids.value_difference")
    def _compute_totals(self):
        for count in self:
            differing = count.line_ids.filtered("difference")
            values = differing.mapped("value_difference")
            count.difference_count = len(differing)
            count.value_difference = sum(values)
            count.value_gross = sum(abs(value) for value in values)

    @api.depends("value_gross", "company_id.aftersales_count_limit")
    def _compute_needs_company(self):
        for count in self:
            limit = count.company_id.aftersales_count_limit
            count.needs_company = (
                count.currency_id.compare_amounts(count.value_gross, limit) > 0
            )

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        if name == "approve" and self.needs_company:
            return allowed and not self.env.user.is_dealer
        return allowed

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        # sudo: everybody who may count draws a number
        sequence = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            vals["name"] = sequence.next_by_code("aftersales.parts.count") or "/"
        # the number is the system's; the rest is checked as the user's
        numbers = [vals.pop("name") for vals in vals_list]
        counts = super().create(vals_list)
        for count, number in zip(counts, numbers, strict=True):
            count.sudo().name = number  # sudo: protected from direct writes
        return counts

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for count in self:
            if count.state not in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(count)s is at work or posted and cannot be deleted; cancel "
                        "it.",
                        count=count.name,
                    )
                )

    # ACTIONS

    def action_start(self):
        """Note what the books say and open the list for counting.

        :raises UserError: another count of the dealer is open
        """
        for count in self:
            count._ensure_only_open_count()
        self._transition("start", {"started_on": fields.Datetime.now()})
        for count in self.sudo():  # sudo: the books are read for the dealer
            count.line_ids = [Command.clear(), *count._prepare_lines()]

    def _ensure_only_open_count(self):
        self.ensure_one()
        other = self.search(
            [
                ("dealer_id", "=", self.dealer_id.id),
                ("state", "in", ("counting", "submitted")),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "%(dealer)s is counting already in %(count)s. Finish or cancel it "
                    "first.",
                    dealer=self.dealer_id.name,
                    count=other.name,
                )
            )

    def _prepare_lines(self):
        """One line per part and lot at the dealer's own place."""
        self.ensure_one()
        quants = self.env["stock.quant"].search(
            [
                ("location_id", "=", self.dealer_id._get_stock_location().id),
                ("quantity", "!=", 0),
            ],
            order="product_id, lot_id",
        )
        return [
            Command.create(
                {
                    "product_id": quant.product_id.id,
                    "lot_id": quant.lot_id.id,
                    "expected": quant.quantity,
                }
            )
            for quant in quants
        ]

    def action_submit(self):
        """Hand the counted list in for approval.

        :raises UserError: a line is not counted, or a difference has no reason
        """
        for count in self:
            count._ensure_complete()
        self._transition("submit")

    def _ensure_complete(self):
        self.ensure_one()
        for line in self.line_ids:
            if not line.is_counted:
                raise UserError(
                    self.env._(
                        "%(count)s: %(part)s is not counted yet. Enter the pieces, 0 "
                        "if there is none.",
                        count=self.name,
                        part=line._get_label(),
                    )
                )
            if line.difference and not line.reason_id:
                raise UserError(
                    self.env._(
                        "%(count)s: %(part)s differs by %(difference)g. Choose the "
                        "reason.",
                        count=self.name,
                        part=line._get_label(),
                        difference=line.difference,
                    )
                )

    def action_approve(self):
        """Post the differences, once.

        :raises UserError: the value is above what the dealer may approve himself, or
            the pieces that are missing were used meanwhile
        """
        if self.env.user.is_dealer:
            self._ensure_within_limit()
        self._transition(
            "approve",
            {"posted_by": self.env.uid, "posted_on": fields.Datetime.now()},
        )
        # sudo: approved; the stock work follows from it
        for count in self.sudo():
            count.line_ids.filtered("difference")._post_difference()

    def _ensure_within_limit(self):
        for count in self:
            if count.needs_company:
                raise UserError(
                    self.env._(
                        "%(count)s differs by %(value).2f, more than %(limit).2f. The "
                        "company's parts keeper approves it.",
                        count=count.name,
                        value=count.value_gross,
                        limit=count.company_id.aftersales_count_limit,
                    )
                )

    def action_send_back(self):
        """Let the dealer count again."""
        self._transition("send_back")

    def action_cancel(self):
        """Drop the count; nothing is posted."""
        self._transition("cancel")

    def action_count_as_expected(self):
        """Take the books' number for every line that is not counted yet."""
        self.check_access("write")
        for line in self.line_ids.filtered(lambda line: not line.is_counted):
            line.write({"counted": line.expected, "is_counted": True})
