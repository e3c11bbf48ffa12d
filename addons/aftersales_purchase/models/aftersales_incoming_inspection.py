from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

INSPECTORS = "aftersales_dealer.group_inspector,aftersales_dealer.group_quality"
KEEPER = "aftersales_dealer.group_parts_keeper"
MANAGER = "aftersales_dealer.group_manager"
DECIDED = ("accepted", "rejected", "conceded")


class AftersalesIncomingInspection(models.Model):
    """The look at a received lot before it becomes stock (来料检验).

    Made for each line of a receipt whose part has a sampling plan. The keeper counts,
    the inspector looks at the sample and decides as the plan says; only the manager may
    take a failed lot in by concession. Until then the receipt cannot be validated.
    """

    _name = "aftersales.incoming.inspection"
    _description = "Incoming inspection"
    _inherit = ["aftersales.transition.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    _transitions = {
        "accept": Transition(("pending",), "accepted", INSPECTORS),
        "reject": Transition(("pending",), "rejected", INSPECTORS),
        "concede": Transition(("pending", "rejected"), "conceded", MANAGER),
        "cancel": Transition(("pending",), "cancelled", KEEPER),
        "annul": Transition(DECIDED, "cancelled", MANAGER),
    }
    _editable_states = ("pending",)
    _always_editable_fields = ("concession_reason", "note")
    _protected_fields = (
        "name",
        "company_id",
        "move_id",
        "partner_id",
        "lot_size",
        "plan_id",
        "sample_size",
        "accept_number",
        "reject_number",
        "counted_by",
        "decided_by",
        "decided_on",
        "return_picking_id",
    )

    name = fields.Char(readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    state = fields.Selection(
        [
            ("pending", "To Inspect"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
            ("conceded", "Accepted by Concession"),
            ("cancelled", "Cancelled"),
        ],
        default="pending",
        required=True,
        tracking=True,
        index=True,
    )
    # The lot
    move_id = fields.Many2one(
        "stock.move", required=True, readonly=True, index=True, ondelete="restrict"
    )
    picking_id = fields.Many2one(
        related="move_id.picking_id", store=True, index="btree_not_null"
    )
    order_id = fields.Many2one(related="move_id.purchase_line_id.order_id")
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", readonly=True, index=True
    )
    product_id = fields.Many2one(
        related="move_id.product_id", string="Part", store=True, index=True
    )
    part_class_id = fields.Many2one(related="product_id.part_class_id", store=True)
    lot_size = fields.Float(
        digits="Product Unit",
        readonly=True,
        aggregator=None,
        help="Pieces the keeper counted on the receipt.",
    )
    counted_by = fields.Many2one("res.users", readonly=True)
    # The plan, as it was on that day
    plan_id = fields.Many2one("aftersales.sampling.plan", readonly=True)
    sample_size = fields.Integer(readonly=True, aggregator=None)
    accept_number = fields.Integer(string="Accept (Ac)", readonly=True, aggregator=None)
    reject_number = fields.Integer(string="Reject (Re)", readonly=True, aggregator=None)
    # The look
    inspected = fields.Integer(
        string="Pieces Inspected", aggregator=None, tracking=True
    )
    defect_ids = fields.One2many("aftersales.incoming.defect", "inspection_id")
    nonconforming = fields.Integer(
        string="Bad Pieces", compute="_compute_verdict", store=True
    )
    verdict = fields.Selection(
        [("open", "Sample Not Complete"), ("pass", "Passed"), ("fail", "Failed")],
        compute="_compute_verdict",
        store=True,
    )
    # The decision
    decided_by = fields.Many2one("res.users", readonly=True, copy=False)
    decided_on = fields.Date(readonly=True, copy=False, index=True)
    concession_reason = fields.Char(
        help="Why a lot that failed is taken in all the same.", tracking=True
    )
    note = fields.Text()
    return_picking_id = fields.Many2one(
        "stock.picking", string="Return to Supplier", readonly=True, copy=False
    )
    can_accept = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_concede = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_annul = fields.Boolean(compute="_compute_can")

    _live_uniq = models.UniqueIndex(
        "(move_id) WHERE state != 'cancelled'",
        "This line of the receipt is being inspected already.",
    )

    # COMPUTES

    @api.depends(
        "inspected",
        "sample_size",
        "accept_number",
        "defect_ids.quantity",
        "defect_ids.severity",
    )
    def _compute_verdict(self):
        for inspection in self:
            defects = inspection.defect_ids
            bad = sum(defects.mapped("quantity"))
            inspection.nonconforming = bad
            if bad > inspection.accept_number or "critical" in defects.mapped(
                "severity"
            ):
                inspection.verdict = "fail"
            elif inspection.sample_size <= inspection.inspected:
                inspection.verdict = "pass"
            else:
                inspection.verdict = "open"

    @api.depends("verdict")
    def _compute_can(self):
        """The buttons follow the findings while they are entered."""
        return super()._compute_can()

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        if name == "accept":
            return allowed and self.verdict == "pass"
        if name == "reject":
            return allowed and self.verdict == "fail"
        if name == "concede":
            return allowed and self.verdict == "fail" and not self._is_received()
        if name == "annul":
            return allowed and not self._is_received()
        return allowed

    def _is_received(self):
        self.ensure_one()
        # sudo: the inspector does not read stock; whether it is booked matters to him
        return self.sudo().move_id.state == "done"

    # CHECKS

    @api.constrains("inspected", "defect_ids")
    def _check_inspected(self):
        for inspection in self:
            if not 0 <= inspection.inspected <= inspection.lot_size:
                raise ValidationError(
                    self.env._(
                        "%(inspection)s: the lot has %(lot)g pieces, %(inspected)d "
                        "cannot have been inspected.",
                        inspection=inspection.name,
                        lot=inspection.lot_size,
                        inspected=inspection.inspected,
                    )
                )
            if inspection.nonconforming > inspection.inspected:
                raise ValidationError(
                    self.env._(
                        "%(inspection)s: %(bad)d bad pieces among %(inspected)d "
                        "inspected. Enter first how many were inspected.",
                        inspection=inspection.name,
                        bad=inspection.nonconforming,
                        inspected=inspection.inspected,
                    )
                )

    # ACTIONS

    def action_accept(self):
        """The sample is good enough: the lot may become stock.

        :raises UserError: the sample is not complete, or has too many bad pieces
        """
        self._ensure_verdict("pass")
        self._decide("accept")

    def action_reject(self):
        """Too many bad pieces: the lot goes back to the supplier.

        :raises UserError: the plan does not reject the lot
        """
        self._ensure_verdict("fail")
        self._decide("reject")

    def action_concede(self):
        """Take a failed lot in all the same; its reason is on record.

        :raises UserError: the lot has not failed, is booked, or no reason is given
        """
        self._ensure_can("concede")
        self._ensure_verdict("fail")
        self._ensure_not_received()
        for inspection in self:
            if not inspection.concession_reason:
                raise UserError(
                    self.env._(
                        "%(inspection)s: enter first why the lot is taken in all the "
                        "same (field Concession Reason).",
                        inspection=inspection.name,
                    )
                )
        self._decide("concede")

    def action_cancel(self):
        """The keeper counts anew; a new inspection is made from the receipt."""
        self._transition("cancel")

    def action_annul(self):
        """The manager takes a decision back, as long as the lot is not booked.

        :raises UserError: the lot is booked
        """
        self._ensure_can("annul")
        self._ensure_not_received()
        self._transition("annul")

    def _decide(self, name):
        self._transition(
            name,
            {
                "decided_by": self.env.uid,
                "decided_on": fields.Date.context_today(self),
            },
        )

    def _ensure_verdict(self, verdict):
        labels = dict(self._fields["verdict"]._description_selection(self.env))
        for inspection in self.filtered(lambda i: i.verdict != verdict):
            raise UserError(
                self.env._(
                    "%(inspection)s: %(verdict)s — %(inspected)d of %(sample)d pieces "
                    "inspected, %(bad)d bad, accepted up to %(accept)d. This step "
                    "needs: %(wanted)s.",
                    inspection=inspection.name,
                    verdict=labels[inspection.verdict],
                    inspected=inspection.inspected,
                    sample=inspection.sample_size,
                    bad=inspection.nonconforming,
                    accept=inspection.accept_number,
                    wanted=labels[verdict],
                )
            )

    def _ensure_not_received(self):
        for inspection in self.filtered(lambda i: i._is_received()):
            raise UserError(
                self.env._(
                    "%(inspection)s: the receipt is booked; the decision stands.",
                    inspection=inspection.name,
                )
            )
