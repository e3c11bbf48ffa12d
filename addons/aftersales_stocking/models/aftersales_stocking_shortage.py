from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Why a piece was missing, and who answers for it. Judged in this order.
LIABLE = {
    "no_plan": "none",
    "not_planned": "none",
    "refused": "dealer",
    "not_handed_in": "dealer",
    "lowered": "dealer",
    "late": "dealer",
    "sent_back": "dealer",
    "not_approved": "company",
    "cut": "company",
    "not_ordered": "dealer",
    "not_paid": "dealer",
    "not_delivered": "company",
    "more_used": "none",
}


class AftersalesStockingShortage(models.Model):
    """A part that a case had to wait for, and whose doing that is.

    Judged once, by the facts of the day on which the part was missing, and kept with
    them: what the dealer stocks later does not change it.
    """

    _name = "aftersales.stocking.shortage"
    _description = "Awaited part"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "since desc, id desc"
    _rec_name = "product_id"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Case", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(required=True, readonly=True, default=None)
    company_id = fields.Many2one(related="dealer_id.company_id", store=True)
    lot_id = fields.Many2one(related="ticket_id.lot_id", string="Machine")
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("type", "=", "consu"), ("is_machine", "=", False)],
    )
    part_class_id = fields.Many2one(related="product_id.part_class_id", store=True)
    wanted = fields.Float(digits="Product Unit", required=True, default=1.0)
    on_hand = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="Pieces at the dealer's when the part was wanted.",
    )
    missing = fields.Float(
        digits="Product Unit", compute="_compute_missing", store=True
    )
    since = fields.Date(
        string="Missing since", required=True, default=fields.Date.context_today
    )
    ended_on = fields.Date(string="There on", readonly=True, copy=False)
    days = fields.Integer(
        string="Days Waited", compute="_compute_days", help="Until today if it lasts."
    )
    source = fields.Selection(
        [
            ("manual", "Entered"),
            ("requisition", "Requisition"),
            ("dispatch", "Job"),
        ],
        default="manual",
        required=True,
        readonly=True,
    )
    requisition_line_id = fields.Many2one(
        "aftersales.parts.requisition.line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    # The verdict
    plan_id = fields.Many2one(
        "aftersales.stocking.plan",
        string="Stocking Plan",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    plan_line_id = fields.Many2one(
        "aftersales.stocking.plan.line",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    cause = fields.Selection(
        [
            ("no_plan", "No plan for that day"),
            ("not_planned", "Not on the plan"),
            ("refused", "Dealer refused the plan"),
            ("not_handed_in", "Plan not handed in"),
            ("lowered", "Dealer stocked less than proposed"),
            ("late", "Plan handed in late"),
            ("sent_back", "Sent back and not handed in again"),
            ("not_approved", "Company did not decide"),
            ("cut", "Company approved less"),
            ("not_ordered", "Dealer did not order"),
            ("not_paid", "Order not sent or not paid"),
            ("not_delivered", "Company did not deliver"),
            ("more_used", "More used than foreseen"),
        ],
        required=True,
        readonly=True,
        default="no_plan",
    )
    liability = fields.Selection(
        [("dealer", "Dealer"), ("company", "Company"), ("none", "Nobody")],
        compute="_compute_liability",
        store=True,
        index=True,
        help="Who answers for it that the part was missing.",
    )
    proposed = fields.Float(digits="Product Unit", readonly=True)
    planned = fields.Float(digits="Product Unit", readonly=True)
    approved = fields.Float(digits="Product Unit", readonly=True)
    ordered = fields.Float(digits="Product Unit", readonly=True)
    received = fields.Float(digits="Product Unit", readonly=True)
    explanation = fields.Char(compute="_compute_explanation")

    _once = models.UniqueIndex(
        "(ticket_id, product_id) WHERE ended_on IS NULL",
        "This case waits for this part already.",
    )
    _wanted_positive = models.Constraint(
        "CHECK (wanted > 0)", "Enter how many pieces the case waits for, more than 0."
    )

    # COMPUTES

    @api.depends("wanted", "on_hand")
    def _compute_missing(self):
        for shortage in self:
            shortage.missing = max(shortage.wanted - max(shortage.on_hand, 0.0), 0.0)

    @api.depends("since", "ended_on")
    def _compute_days(self):
        today = fields.Date.context_today(self)
        for shortage in self:
            shortage.days = ((shortage.ended_on or today) - shortage.since).days

    @api.depends("cause")
    def _compute_liability(self):
        for shortage in self:
            shortage.liability = LIABLE[shortage.cause]

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        """Note what is missing, with what the dealer has and whose doing it is.

        :raises UserError: nobody serves the case, or enough pieces are there
        """
        if not self.env.su:
            for vals in vals_list:
                self._check_entered(vals)
        for vals in vals_list:
            ticket = self.env["helpdesk.ticket"].browse(vals["ticket_id"])
            vals["dealer_id"] = self._get_dealer(ticket).id
        shortages = super().create(vals_list)
        # sudo: what is there, and the verdict, are the system's word
        shortages.sudo()._read_stock()
        shortages._ensure_missing()
        shortages.sudo()._judge()
        return shortages

    @api.model
    def _check_entered(self, vals):
        """:raises AccessError: the verdict and its facts are the system's"""
        entered = {"ticket_id", "product_id", "wanted", "dealer_id"}
        closed = [name for name in vals if name in self._fields and name not in entered]
        if closed:
            raise AccessError(
                self.env._(
                    "Awaited part: %(fields)s cannot be entered. Choose the case, the "
                    "part and the pieces wanted; the system finds the rest.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in closed
                    ),
                )
            )

    def _get_dealer(self, ticket):
        """:raises UserError: the case is served by no dealer"""
        # sudo: whether somebody serves the case, not who
        if not ticket.sudo().dealer_id:
            raise UserError(
                self.env._(
                    "Case %(case)s is served by no dealer, so no dealer's stock lacks "
                    "the part. Choose the dealer on the case first.",
                    case=ticket.display_name,
                )
            )
        return ticket.sudo().dealer_id

    def write(self, vals):
        if not self.env.su and vals:
            raise AccessError(
                self.env._(
                    "%(part)s: what was missing stands as it was recorded. Press "
                    "“Part Is There” when it has come.",
                    part=self[:1].product_id.display_name,
                )
            )
        return super().write(vals)

    def _read_stock(self):
        """Pieces at the dealers' places now (runs under sudo)."""
        groups = self.env["stock.quant"]._read_group(
            [
                ("location_id", "in", self.dealer_id.location_id.ids),
                ("product_id", "in", self.product_id.ids),
            ],
            ["dealer_id", "product_id"],
            ["quantity:sum"],
        )
        on_hand = {(dealer, part): quantity for dealer, part, quantity in groups}
        for shortage in self:
            key = (shortage.dealer_id, shortage.product_id)
            shortage.on_hand = on_hand.get(key, 0.0)

    def _ensure_missing(self):
        for shortage in self:
            if shortage.product_id.uom_id.compare(shortage.missing, 0.0) <= 0:
                raise UserError(
                    self.env._(
                        "%(part)s: %(on_hand)g are in the dealer's stock and "
                        "%(wanted)g are wanted; nothing is missing.",
                        part=shortage.product_id.display_name,
                        on_hand=shortage.on_hand,
                        wanted=shortage.wanted,
                    )
                )

    @api.model
    def _note(self, vals_list):
        """Note what other documents found missing; once per case and part.

        What is there after all, and what is noted already, is left out. Runs under
        sudo, for whoever took the step that found it.
        """
        tickets = [vals["ticket_id"] for vals in vals_list]
        lasting = self.search([("ticket_id", "in", tickets), ("ended_on", "=", False)])
        noted = {(row.ticket_id.id, row.product_id.id) for row in lasting}
        todo = {}
        for vals in vals_list:
            key = (vals["ticket_id"], vals["product_id"])
            if key not in noted and self._is_missing(vals):
                todo[key] = vals
        return self.create(list(todo.values()))

    @api.model
    def _is_missing(self, vals):
        ticket = self.env["helpdesk.ticket"].browse(vals["ticket_id"])
        part = self.env["product.product"].browse(vals["product_id"])
        place = ticket.dealer_id._get_stock_location()
        return part.is_storable and (
            part.uom_id.compare(self._get_there(place, part), vals["wanted"]) < 0
        )

    @api.model
    def _get_there(self, place, part):
        """Pieces of a part in the store of a dealer."""
        quants = self.env["stock.quant"].search(
            [("location_id", "=", place.id), ("product_id", "=", part.id)]
        )
        return sum(quants.mapped("quantity"))

    # ACTIONS

    def action_end(self):
        """The part has come."""
        self.check_access("read")
        # sudo: closed to direct writes; whoever sees the case may say so
        lasting = self.sudo().filtered(lambda shortage: not shortage.ended_on)
        lasting.ended_on = fields.Date.context_today(self)

    def action_judge(self):
        """Judge again by today's facts, say after the plan was put right."""
        self.check_access("write")
        self.sudo()._judge()  # sudo: the verdict is the system's word
        return True
