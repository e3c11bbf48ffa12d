from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from .helpdesk_ticket_flow import OPEN_REPAIR_STATES

RESULTS = [
    ("fixed", "Fixed"),
    ("repairable", "Repairable"),
    ("end_of_life", "End of life"),
    ("unknown", "Unknown"),
]


class RepairOrder(models.Model):
    """The repair record (维修记录单) of a case.

    The machine stays with the customer, the parts come from the dealer. What was done
    is stated by fault catalogue, flat-rate labour and part lines, each of them covered
    or charged, and signed by the customer.
    """

    _name = "repair.order"
    _inherit = ["aftersales.dealer.mixin", "repair.order"]

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Case", index="btree_not_null", ondelete="restrict"
    )
    dispatch_id = fields.Many2one(
        "aftersales.dispatch", string="Job", index="btree_not_null", ondelete="restrict"
    )
    card_id = fields.Many2one(
        "aftersales.warranty.card",
        string="Warranty Card",
        index="btree_not_null",
        ondelete="restrict",
    )
    lot_id = fields.Many2one(index="btree_not_null")
    staff_id = fields.Many2one(
        "aftersales.staff",
        string="Technician",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('dealer_id', 'in', [dealer_id, False])]",
    )
    # Findings
    symptom_id = fields.Many2one(
        "aftersales.fault", ondelete="restrict", domain=[("kind", "=", "symptom")]
    )
    cause_id = fields.Many2one(
        "aftersales.fault", ondelete="restrict", domain=[("kind", "=", "cause")]
    )
    action_id = fields.Many2one(
        "aftersales.fault", ondelete="restrict", domain=[("kind", "=", "action")]
    )
    usage = fields.Float(
        string="Reading", help="The machine's meter as the technician reads it."
    )
    # Work
    labour_ids = fields.One2many("aftersales.repair.labour", "repair_id")
    labour_hours = fields.Float(
        compute="_compute_labour_hours", store=True, digits=(8, 2)
    )
    travel_km = fields.Float(
        string="Travel (km)", digits=(8, 1), help="There and back, in kilometres."
    )
    started_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False, index="btree_not_null")
    # The customer's word
    customer_signature = fields.Image(
        string="Signature", copy=False, max_width=1024, max_height=1024
    )
    signed_by = fields.Char(copy=False)
    signed_on = fields.Datetime(readonly=True, copy=False)
    # What it came to
    verdict_covered = fields.Boolean(string="In Warranty", compute="_compute_verdict")
    verdict_text = fields.Text(string="Reasons", compute="_compute_verdict")
    is_history = fields.Boolean(
        string="Imported History",
        readonly=True,
        index=True,
        help="A past repair taken over from another system; nothing was moved.",
    )
    history_result = fields.Selection(selection=RESULTS, readonly=True)
    result = fields.Selection(
        selection=RESULTS, compute="_compute_result", store=True, precompute=True
    )

    _travel_positive = models.Constraint(
        "CHECK (travel_km >= 0)", "Travel cannot be below zero kilometres."
    )

    # COMPUTES

    @api.depends("labour_ids.hours")
    def _compute_labour_hours(self):
        for repair in self:
            repair.labour_hours = sum(repair.labour_ids.mapped("hours"))

    @api.depends("is_history", "history_result", "state")
    def _compute_result(self):
        for repair in self:
            if repair.is_history:
                repair.result = repair.history_result or "unknown"
            else:
                repair.result = "fixed" if repair.state == "done" else False

    @api.depends("ticket_id")
    def _compute_product_location_src_id(self):
        visits = self.filtered("ticket_id")
        visits.product_location_src_id = self._get_customer_location()
        return super(RepairOrder, self - visits)._compute_product_location_src_id()

    @api.depends("ticket_id")
    def _compute_product_location_dest_id(self):
        visits = self.filtered("ticket_id")
        visits.product_location_dest_id = self._get_customer_location()
        return super(RepairOrder, self - visits)._compute_product_location_dest_id()

    @api.model
    def _get_customer_location(self):
        """Where a customer's machine is, before and after the repair."""
        return self.env.ref("stock.stock_location_customers")

    @api.depends("card_id", "usage", "ticket_id.reported_at", "lot_id")
    @api.depends_context("lang")
    def _compute_verdict(self):
        for repair in self:
            verdict = repair._get_verdict()
            repair.verdict_covered = verdict.covered
            repair.verdict_text = "\n".join(
                str(text) for _code, text in verdict.reasons
            )

    def _get_verdict(self, part=None):
        """What the card covers, at the report date and this repair's reading.

        :param part: a product or part class; None for the machine as a whole
        :return: a Verdict; without a card it is not covered and says so
        """
        self.ensure_one()
        # sudo: the card may be of a machine that another dealer sold
        return self.sudo().card_id.coverage_verdict(
            part=part, on_date=self._get_report_date(), usage=self.usage or None
        )

    def _get_report_date(self):
        """The day the customer reported the fault: cover is judged on it."""
        self.ensure_one()
        # sudo: see _get_verdict
        moment = self.sudo().ticket_id.reported_at or self.schedule_date
        return fields.Date.to_date(moment or fields.Datetime.now())

    # CONSTRAINTS

    @api.constrains("usage", "card_id")
    def _check_usage(self):
        for repair in self:
            # sudo: see _get_verdict
            last = repair.sudo().card_id._get_last_reading()
            if repair.usage and repair._is_open() and repair.usage < last.value:
                raise ValidationError(
                    self.env._(
                        "Reading %(usage)s of repair %(repair)s is below the machine's "
                        "last reading, %(last)s on %(date)s. Read the meter again; if "
                        "the machine has a new meter, record it on the card first.",
                        usage=f"{repair.usage:g}",
                        repair=repair.name,
                        last=f"{last.value:g}",
                        date=format_date(self.env, last.date),
                    )
                )

    def _ensure_covered(self, lines):
        """Refuse cover that the card does not give; charging is always possible.

        :param lines: labour lines or part moves of these repairs
        :raises ValidationError: names the line and the card's reasons
        """
        for line in lines.filtered("covered"):
            part = line.product_id if line._name == "stock.move" else None
            verdict = line.repair_id._get_verdict(part=part)
            if not verdict.covered:
                what = part or line.operation_id
                raise ValidationError(
                    self.env._(
                        "%(line)s of repair %(repair)s is not covered: %(reasons)s "
                        "Untick “Covered”.",
                        line=what.display_name,
                        repair=line.repair_id.name,
                        reasons=" ".join(str(text) for _code, text in verdict.reasons),
                    )
                )

    # CRUD

    @api.model
    def _get_dealer_fields(self):
        """Fields that a dealer's user may write; the rest follows from the case."""
        return {
            "staff_id",
            "symptom_id",
            "cause_id",
            "action_id",
            "usage",
            "labour_ids",
            "move_ids",
            "travel_km",
            "customer_signature",
            "signed_by",
            "internal_notes",
            "priority",
        }

    def write(self, vals):
        if not self.env.su:
            self._check_write_allowed(vals)
        if vals.get("customer_signature"):
            vals = {**vals, "signed_on": fields.Datetime.now()}
        return super().write(vals)

    @api.model
    def _get_closed_fields(self):
        """Fields of a case's repair that nobody writes by hand; extension point."""
        return {
            "state",
            "signed_on",
            "signed_content",
            "signature_void_reason",
            "finished_at",
            "is_history",
        }

    def _check_write_allowed(self, vals):
        names = {n for n in vals if not n.startswith(("message_", "activity_"))}
        if not names:
            return
        if self.env.user.is_dealer:
            closed = names - self._get_dealer_fields()
        else:
            closed = names & self._get_closed_fields()
        ours = self.filtered("ticket_id")
        if closed and (ours or self.env.user.is_dealer):
            labels = sorted(
                self._fields[n]._description_string(self.env) for n in closed
            )
            raise AccessError(
                self.env._(
                    "%(fields)s of repair %(repair)s cannot be set by hand; use the "
                    "buttons of the repair record.",
                    fields=", ".join(labels),
                    repair=self[:1].name,
                )
            )
        ours._ensure_lines_editable()

    def _ensure_lines_editable(self):
        """:raises UserError: a record of these is finished or cancelled"""
        for repair in self.filtered("ticket_id"):
            if not repair._is_open():
                raise UserError(
                    self.env._(
                        "Repair %(repair)s is finished or cancelled and can no longer "
                        "be changed. Record a further repair of the case instead.",
                        repair=repair.name,
                    )
                )

    def _is_open(self):
        self.ensure_one()
        return self.state in OPEN_REPAIR_STATES
