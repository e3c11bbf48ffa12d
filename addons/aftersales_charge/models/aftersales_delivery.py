from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from ..utils.amount_text import amount_in_words
from .aftersales_quotation import SERVICE
from .aftersales_service_plan import Due


class AftersalesDelivery(models.Model):
    """Handing a repaired machine back (交车): work and cost explained, signed for.

    Its lines are the cost sheet (费用结算单): what was done, what the warranty bears,
    what the customer pays, and what became of the old parts.
    """

    _name = "aftersales.delivery"
    _description = "Delivery after repair"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "delivered_at desc, id desc"
    _rec_names_search = ["name", "repair_id.name", "lot_id.name"]

    _transitions = {"deliver": Transition(("draft",), "delivered", SERVICE)}
    _protected_fields = (
        "name",
        "delivered_at",
        "delivered_by_id",
        "allow_reason",
        "allowed_by_id",
        "quotation_id",
    )
    _editable_states = ("draft",)

    name = fields.Char(
        string="Number", required=True, readonly=True, copy=False, default="/"
    )
    state = fields.Selection(
        [("draft", "To Deliver"), ("delivered", "Delivered")],
        default="draft",
        required=True,
        tracking=True,
        index=True,
    )
    repair_id = fields.Many2one(
        "repair.order",
        string="Repair Record",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("state", "=", "done"), ("ticket_id", "!=", False)],
    )
    ticket_id = fields.Many2one(related="repair_id.ticket_id", store=True)
    dealer_id = fields.Many2one(
        related="repair_id.dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(related="repair_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        related="repair_id.partner_id", store=True, string="Customer"
    )
    product_id = fields.Many2one(related="repair_id.product_id", string="Machine")
    lot_id = fields.Many2one(
        related="repair_id.lot_id", store=True, string="Serial Number"
    )
    card_id = fields.Many2one(related="repair_id.card_id")
    quotation_id = fields.Many2one(
        "aftersales.quotation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    line_ids = fields.One2many("aftersales.delivery.line", "delivery_id")
    amount_untaxed = fields.Monetary(related="quotation_id.used_untaxed")
    amount_tax = fields.Monetary(related="quotation_id.used_tax", string="Tax")
    amount_total = fields.Monetary(related="quotation_id.used_total", string="To Pay")
    amount_due = fields.Monetary(related="quotation_id.amount_due")
    covered_total = fields.Monetary(
        string="Borne by the Warranty", compute="_compute_covered_total", store=True
    )
    # What is said to the customer
    work_done = fields.Text(help="In words that the customer understands.")
    is_explained = fields.Boolean(string="Work and Cost Explained")
    is_tested = fields.Boolean(string="Shown Working")
    is_handed = fields.Boolean(string="Papers and Keys Handed Over")
    advice = fields.Text(help="What the customer should watch until the next service.")
    next_service_date = fields.Date(string="Next Service on")
    next_service_usage = fields.Float(string="Next Service at Reading")
    # The customer's word
    received_by = fields.Char(string="Received by")
    signature = fields.Image(copy=False, max_width=1024, max_height=1024)
    delivered_at = fields.Datetime(readonly=True, copy=False, index="btree_not_null")
    delivered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    allow_reason = fields.Char(
        string="Delivered Unpaid Because", readonly=True, copy=False, tracking=True
    )
    allowed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    blockers = fields.Text(string="What Stands against It", compute="_compute_blockers")
    can_deliver = fields.Boolean(compute="_compute_can")
    can_allow = fields.Boolean(compute="_compute_blockers")

    _repair_uniq = models.Constraint(
        "UNIQUE (repair_id)", "This repair has a delivery already."
    )

    @api.depends("line_ids.covered_total")
    def _compute_covered_total(self):
        for delivery in self:
            delivery.covered_total = sum(delivery.line_ids.mapped("covered_total"))

    @api.constrains("repair_id")
    def _check_repair_finished(self):
        for delivery in self:
            repair = delivery.repair_id
            if repair.state != "done" or not repair.ticket_id:
                raise ValidationError(
                    self.env._(
                        "Repair %(repair)s is not finished; a machine is handed over "
                        "after its repair.",
                        repair=repair.name,
                    )
                )

    @api.constrains("next_service_date")
    def _check_next_service(self):
        today = fields.Date.context_today(self)
        for delivery in self:
            if delivery.next_service_date and delivery.next_service_date <= today:
                raise ValidationError(
                    self.env._(
                        "%(delivery)s: the next service must lie in the future.",
                        delivery=delivery.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        deliveries = super().create(vals_list)
        for delivery in deliveries:
            # sudo: number and cost sheet are closed to direct writes
            own = delivery.sudo()
            own.name = own.env["ir.sequence"].next_by_code("aftersales.delivery")
            own._take_sheet()
        return deliveries

    @api.model
    def _create_for(self, repair):
        """The delivery of a finished repair."""
        return self.create({"repair_id": repair.id})

    def _take_sheet(self):
        """Copy from the finished repair what is told to the customer (under sudo)."""
        self.ensure_one()
        repair = self.repair_id
        self.quotation_id = repair._get_accepted_quotation()
        rows = self._prepare_line_vals_list()
        if not self.line_ids:
            self.line_ids = [fields.Command.create(vals) for vals in rows]
        self.work_done = self.work_done or self._get_work_done()
        due = self._get_next_due()
        self.next_service_date = self.next_service_date or due.date
        self.next_service_usage = self.next_service_usage or due.usage

    def _get_next_due(self):
        """When the machine wants its next service: as planned, or counted anew."""
        repair = self.repair_id
        plans = self.env["aftersales.service.plan"]._get_for_products(repair.product_id)
        plan = plans[repair.product_id]
        planned = repair.card_id.service_reminder_ids.filtered(
            lambda r: r.state == "planned" and r.plan_id == plan
        )
        today = fields.Date.context_today(self)
        is_ahead = planned.due_date and planned.due_date > today
        if is_ahead and self.ticket_id.case_type_id != plan.case_type_id:
            return Due(planned.due_date, planned.due_usage)
        return plan._get_due(today, repair.card_id)

    def _get_work_done(self):
        repair = self.repair_id
        names = [line.operation_id.name for line in repair.labour_ids]
        return "\n".join(names) or repair.action_id.name or ""

    def _prepare_line_vals_list(self):
        """Rows of the cost sheet: the used lines, or the covered work alone."""
        self.ensure_one()
        if self.quotation_id:
            lines = self.quotation_id.line_ids.filtered("used_quantity")
            return [self._prepare_line_vals(line, line.used_quantity) for line in lines]
        offer = self.env["aftersales.quotation"].new(
            {"ticket_id": self.ticket_id.id, "repair_id": self.repair_id.id}
        )
        model = self.env["aftersales.quotation.line"]
        return [
            self._prepare_line_vals(
                model.new({"quotation_id": offer, **source.prepare_vals()}),
                source.quantity,
            )
            for source in self.repair_id._get_charge_sources()
        ]

    def _prepare_line_vals(self, line, quantity):
        untaxed, total = line._get_amounts(quantity)
        return {
            "kind": line.kind,
            "name": line.name,
            "product_id": line.product_id._origin.id,
            "quantity": quantity,
            "price_unit": line.price_unit,
            "covered": line.covered,
            "charged": 0.0 if line.covered else untaxed,
            "covered_total": total if line.covered else 0.0,
            "old_part": self._get_old_part(line),
        }

    @api.model
    def _get_old_part(self, line):
        """Old parts of charged new ones are the customer's; covered ones go back."""
        if line.kind != "part":
            return False
        return "kept" if line.covered else "returned"

    def _get_amount_in_words(self):
        self.ensure_one()
        return amount_in_words(self.currency_id, self.amount_total, self.env.lang)

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delivery"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
