from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

DEALER = "aftersales_dealer.group_dealer_user"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
KEEPER = "aftersales_dealer.group_parts_keeper"
SUPPORT = "aftersales_dealer.group_support"
STAFF = f"{DEALER},{KEEPER},{SUPPORT}"


class AftersalesPartsRequisition(models.Model):
    """Parts that a technician asks for, for one job (配件领用单).

    What is issued lies in the technician's own place below the store, and stands on
    the repair record as used until he says otherwise. What he did not use goes back;
    the rest is written off together with the old parts it replaced.
    """

    _name = "aftersales.parts.requisition"
    _description = "Parts requisition"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"

    _transitions = {
        "submit": Transition(("draft",), "submitted", STAFF),
        "approve": Transition(("submitted",), "approved", f"{DEALER_MANAGER},{KEEPER}"),
        "refuse": Transition(
            ("submitted", "approved"), "draft", f"{DEALER_MANAGER},{KEEPER}"
        ),
        "issue": Transition(("approved", "issued"), "issued", f"{DEALER},{KEEPER}"),
        "return": Transition(("issued",), "issued", f"{DEALER},{KEEPER}"),
        "hand_in": Transition(("issued",), "issued", f"{DEALER},{KEEPER}"),
        "write_off": Transition(("issued",), "done", f"{DEALER},{KEEPER}"),
        "cancel": Transition(("draft", "submitted", "approved"), "cancelled", STAFF),
    }
    _protected_fields = (
        "name",
        "requested_by",
        "submitted_on",
        "approved_by",
        "approved_on",
        "refuse_reason",
        "issued_by",
        "issued_on",
        "written_off_by",
        "written_off_on",
        "chased_on",
    )
    _editable_states = ("draft",)
    _always_editable_fields = ("scan", "note", "line_ids")

    name = fields.Char(required=True, readonly=True, copy=False, default="/")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "To Issue"),
            ("issued", "Issued"),
            ("done", "Written Off"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        tracking=True,
        index=True,
    )
    # What it is for
    repair_id = fields.Many2one(
        "repair.order",
        string="Repair Record",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
    )
    dispatch_id = fields.Many2one(
        "aftersales.dispatch",
        string="Job",
        compute="_compute_from_work",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    dealer_id = fields.Many2one(
        compute="_compute_dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_dealer_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    staff_id = fields.Many2one(
        "aftersales.staff",
        string="Technician",
        compute="_compute_from_work",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('dealer_id', 'in', [dealer_id, False])]",
    )
    lot_id = fields.Many2one(
        "stock.lot", string="Machine", compute="_compute_machine", compute_sudo=True
    )
    machine_id = fields.Many2one(
        "product.product",
        string="Model",
        compute="_compute_machine",
        compute_sudo=True,
    )
    purpose = fields.Selection(
        [("warranty", "In Warranty"), ("charged", "Charged")],
        compute="_compute_purpose",
        store=True,
        readonly=False,
        precompute=True,
        help="What the parts are for; the repair record decides line by line.",
    )
    line_ids = fields.One2many(
        "aftersales.parts.requisition.line", "requisition_id", copy=True
    )
    entry_ids = fields.One2many(
        "aftersales.parts.requisition.entry", "requisition_id", string="Handed Over"
    )
    note = fields.Text()
    scan = fields.Text(
        string="Scanned Barcodes",
        copy=False,
        help="Scan parts, lots or serial numbers, one a line. 3*CODE counts three.",
    )
    # Value and approval
    value = fields.Monetary(
        compute="_compute_value",
        store=True,
        tracking=True,
        help="At the dealer's prices, before tax. Decides who approves.",
    )
    requested_by = fields.Many2one(
        "res.users", readonly=True, copy=False, default=lambda self: self.env.user
    )
    submitted_on = fields.Datetime(string="Asked on", readonly=True, copy=False)
    approved_by = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    refuse_reason = fields.Char(
        string="Sent Back Because", readonly=True, copy=False, tracking=True
    )
    # What became of it
    issued_by = fields.Many2one("res.users", readonly=True, copy=False)
    issued_on = fields.Datetime(
        string="First Issued on", readonly=True, copy=False, index="btree_not_null"
    )
    written_off_by = fields.Many2one("res.users", readonly=True, copy=False)
    written_off_on = fields.Datetime(readonly=True, copy=False)
    open_quantity = fields.Float(
        string="Not Accounted for",
        compute="_compute_open_quantity",
        store=True,
        digits="Product Unit",
        help="Pieces issued that are neither used in a finished repair nor returned.",
    )
    to_issue = fields.Boolean(compute="_compute_to_issue")
    old_part_ids = fields.One2many(
        "aftersales.old.part", "requisition_id", string="Old Parts"
    )
    old_part_open_count = fields.Integer(
        string="Old Parts to Hand in", compute="_compute_old_part_open_count"
    )
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_issue = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_hand_in = fields.Boolean(compute="_compute_can")
    can_write_off = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _name_uniq = models.Constraint(
        "UNIQUE (name)", "A requisition with this number exists."
    )

    # COMPUTES

    @api.depends("repair_id")
    def _compute_from_work(self):
        for requisition in self:
            # sudo: a company technician is hidden from the dealer whom he helps
            work = requisition.sudo().repair_id
            requisition.dispatch_id = work.dispatch_id or requisition.dispatch_id
            job = requisition.sudo().dispatch_id
            requisition.staff_id = work.staff_id or job.staff_id or requisition.staff_id

    @api.depends("repair_id.dealer_id", "dispatch_id.dealer_id")
    def _compute_dealer_id(self):
        for requisition in self:
            work = requisition.repair_id or requisition.dispatch_id
            requisition.dealer_id = work.dealer_id
            requisition.company_id = work.company_id or self.env.company

    @api.depends("repair_id", "dispatch_id")
    def _compute_machine(self):
        for requisition in self:
            work = requisition.repair_id or requisition.dispatch_id
            requisition.lot_id = work.lot_id
            requisition.machine_id = work.lot_id.product_id or work.product_id

    @api.depends("repair_id", "dispatch_id")
    def _compute_purpose(self):
        for requisition in self:
            # sudo: the card may be of a machine that another dealer sold
            work = requisition.sudo()
            ticket = work.repair_id.ticket_id or work.dispatch_id.ticket_id
            requisition.purpose = "warranty" if ticket.verdict_covered else "charged"

    @api.depends("line_ids.value")
    def _compute_value(self):
        for requisition in self:
            requisition.value = sum(requisition.line_ids.mapped("value"))

    @api.depends("line_ids.open_quantity")
    def _compute_open_quantity(self):
        for requisition in self:
            requisition.open_quantity = sum(
                requisition.line_ids.mapped("open_quantity")
            )

    @api.depends("line_ids.issued", "line_ids.product_quantity")
    def _compute_to_issue(self):
        for requisition in self:
            requisition.to_issue = any(
                line.product_uom_compare(line.product_quantity, line.issued) > 0
                for line in requisition.line_ids
            )

    @api.depends("old_part_ids.state", "old_part_ids.handed_in_on")
    def _compute_old_part_open_count(self):
        for requisition in self:
            requisition.old_part_open_count = len(requisition._get_open_old_parts())

    def _get_open_old_parts(self):
        """Recovered pieces that nobody has seen at the counter yet."""
        return self.old_part_ids.filtered(
            lambda tag: tag.state == "recovered" and not tag.handed_in_on
        )

    # CONSTRAINTS

    @api.constrains("repair_id", "dispatch_id")
    def _check_work(self):
        for requisition in self:
            if not (requisition.repair_id or requisition.dispatch_id):
                raise ValidationError(
                    self.env._(
                        "%(requisition)s: say which job or repair record the parts "
                        "are for.",
                        requisition=requisition.name,
                    )
                )

    @api.constrains("staff_id", "dealer_id")
    def _check_staff(self):
        for requisition in self.sudo():  # sudo: company staff is hidden from dealers
            staff = requisition.staff_id
            work = requisition.repair_id or requisition.dispatch_id
            if work and staff.dealer_id and staff.dealer_id != requisition.dealer_id:
                raise ValidationError(
                    self.env._(
                        "%(staff)s works for another dealer. Choose a technician of "
                        "%(dealer)s or of the company.",
                        staff=staff.name,
                        dealer=requisition.dealer_id.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # sudo: everybody who may ask for parts draws a number
            sequence = self.env["ir.sequence"].sudo()
            vals["name"] = sequence.next_by_code(self._name) or "/"
        return super().create(vals_list)

    @api.model
    def _check_protected_create(self, vals):
        # the number is ours: create has just drawn it
        vals = {name: value for name, value in vals.items() if name != "name"}
        return super()._check_protected_create(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        for requisition in self:
            if requisition.state not in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(requisition)s was asked for already and stays on record. "
                        "Cancel it.",
                        requisition=requisition.name,
                    )
                )
            if requisition.entry_ids:
                raise UserError(
                    self.env._(
                        "%(requisition)s has parts handed over and stays on record.",
                        requisition=requisition.name,
                    )
                )
