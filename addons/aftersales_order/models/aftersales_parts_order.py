from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

DEALER = "aftersales_dealer.group_dealer_user"
KEEPER = "aftersales_dealer.group_parts_keeper"
ASKING = f"{DEALER},{KEEPER}"


class AftersalesPartsOrder(models.Model):
    """Parts that a dealer orders from the company (配件订货单).

    Prices are those of his grade. What is paid first is shipped once the money is
    there; what is bought on credit stays within his quota. Core's sales order,
    delivery and invoice follow from a confirmed order; the order is done when the
    dealer has signed every delivery note.
    """

    _name = "aftersales.parts.order"
    _description = "Parts order"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"

    _transitions = {
        "submit": Transition(("draft",), "submitted", ASKING),
        "correct": Transition(("submitted", "refused"), "draft", ASKING),
        "confirm": Transition(("submitted",), "confirmed", KEEPER),
        "refuse": Transition(("submitted",), "refused", KEEPER),
        "release": Transition(("confirmed",), "ready", KEEPER),
        "hold": Transition(("ready",), "confirmed", KEEPER),
        "ship": Transition(("confirmed", "ready"), "shipped", KEEPER),
        "complete": Transition(("shipped",), "done", ASKING),
        "reopen": Transition(("done",), "shipped", KEEPER),
        "cancel": Transition(
            ("draft", "submitted", "refused", "confirmed", "ready"),
            "cancelled",
            ASKING,
        ),
    }
    _editable_states = ("draft",)
    _protected_fields = (
        "name",
        "sale_order_id",
        "submitted_by",
        "submitted_on",
        "confirmed_by",
        "confirmed_on",
        "refuse_reason",
        "exceed_reason",
        "exceeded_by",
    )
    _always_editable_fields = ("line_ids",)

    name = fields.Char(required=True, readonly=True, copy=False, default="/")
    dealer_id = fields.Many2one(required=True)
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        help="Of the price list.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Confirm"),
            ("confirmed", "To Pay"),
            ("ready", "To Ship"),
            ("shipped", "To Sign"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        tracking=True,
        index=True,
    )
    payment_mode = fields.Selection(
        [("prepaid", "Paid before Shipped"), ("credit", "On Credit")],
        default="prepaid",
        required=True,
        tracking=True,
        help="On credit: within the quota; invoiced as it is shipped.",
    )
    origin = fields.Char(string="Source", help="What the order was made from.")
    requested_date = fields.Date(string="Wanted on")
    note = fields.Text()
    line_ids = fields.One2many(
        "aftersales.parts.order.line", "order_id", string="Parts", copy=True
    )
    amount_untaxed = fields.Monetary(
        string="Before Tax", compute="_compute_amounts", store=True
    )
    amount_tax = fields.Monetary(string="Tax", compute="_compute_amounts", store=True)
    amount_total = fields.Monetary(
        string="Total", compute="_compute_amounts", store=True, tracking=True
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
    )
    submitted_by = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_on = fields.Datetime(string="Ordered on", readonly=True, copy=False)
    confirmed_by = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    refuse_reason = fields.Char(
        string="Refused Because", readonly=True, copy=False, tracking=True
    )
    exceed_reason = fields.Char(
        string="Above Quota Because", readonly=True, copy=False, tracking=True
    )
    exceeded_by = fields.Many2one(
        "res.users", string="Quota Exceeded by", readonly=True, copy=False
    )
    can_submit = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")
    can_confirm = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _name_uniq = models.Constraint("UNIQUE (name)", "An order with this number exists.")

    # COMPUTES

    @api.depends("dealer_id")
    def _compute_company_id(self):
        for order in self:
            order.company_id = order.dealer_id.company_id or self.env.company

    @api.depends("dealer_id")
    def _compute_currency_id(self):
        for order in self:
            dealer = order.dealer_id
            pricelist = dealer and dealer._get_parts_pricelist()
            company = order.company_id or self.env.company
            currency = pricelist and pricelist.currency_id
            order.currency_id = currency or company.currency_id

    @api.depends("line_ids.quantity", "line_ids.price_unit", "line_ids.product_id")
    def _compute_amounts(self):
        for order in self:
            totals = order._get_tax_totals()
            order.amount_untaxed = totals["base_amount_currency"]
            order.amount_tax = totals["tax_amount_currency"]
            order.amount_total = totals["total_amount_currency"]

    def _get_tax_totals(self, quantities=None):
        """Totals by core's tax engine, the same that computes order and invoice.

        :param dict quantities: line to quantity; what is ordered when not given
        :return: the summary dict of ``account.tax._get_tax_totals_summary``
        """
        self.ensure_one()
        # sudo: taxes are closed to dealers; only the sums are told
        engine = self.env["account.tax"].sudo()
        company = self.company_id or self.env.company
        currency = self.currency_id or company.currency_id
        base_lines = [
            line._prepare_base_line(
                None if quantities is None else quantities.get(line, 0.0)
            )
            for line in self.line_ids
        ]
        engine._add_tax_details_in_base_lines(base_lines, company)
        engine._round_base_lines_tax_details(base_lines, company)
        return engine._get_tax_totals_summary(base_lines, currency, company)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # sudo: everybody who may order draws a number
            sequence = self.env["ir.sequence"].sudo()
            vals["name"] = sequence.next_by_code(self._name) or "/"
        return super().create(vals_list)

    @api.model
    def _check_protected_create(self, vals):
        # the number is ours: create has just drawn it
        vals = {name: value for name, value in vals.items() if name != "name"}
        return super()._check_protected_create(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for order in self:
            if order.state != "draft" or order.submitted_on:
                raise UserError(
                    self.env._(
                        "%(order)s was handed in already and stays on record. Cancel "
                        "it.",
                        order=order.name,
                    )
                )
