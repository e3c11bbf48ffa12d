from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

ENTERED = {"plan_id", "product_id", "quantity", "dealer_reason"}


class AftersalesStockingPlanLine(models.Model):
    """One part of a stocking plan: proposed, planned, approved, and what became of it.

    All quantities are in the part's own unit. Ordered, received and used are facts,
    read from ``aftersales.stocking.actual``.
    """

    _name = "aftersales.stocking.plan.line"
    _description = "Stocking plan line"
    _order = "plan_id, product_id, id"
    _rec_name = "product_id"

    plan_id = fields.Many2one(
        "aftersales.stocking.plan", required=True, ondelete="cascade", index=True
    )
    dealer_id = fields.Many2one(related="plan_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="plan_id.company_id")
    currency_id = fields.Many2one(related="plan_id.currency_id")
    state = fields.Selection(related="plan_id.state")
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_storable", "=", True), ("is_machine", "=", False)],
    )
    part_class_id = fields.Many2one(related="product_id.part_class_id")
    uom_id = fields.Many2one(related="product_id.uom_id")
    # What the proposal comes from
    used_last = fields.Float(
        string="Used Last Season", digits="Product Unit", readonly=True
    )
    used_before = fields.Float(
        string="Used the Season Before", digits="Product Unit", readonly=True
    )
    peer_rate = fields.Float(
        string="Peers' Use per Machine", digits=(16, 3), readonly=True
    )
    machine_count = fields.Integer(string="Machines", readonly=True)
    need = fields.Float(string="Needed", digits="Product Unit", readonly=True)
    on_hand = fields.Float(
        string="On Hand When Planned", digits="Product Unit", readonly=True
    )
    on_order = fields.Float(
        string="On Its Way When Planned", digits="Product Unit", readonly=True
    )
    proposed = fields.Float(digits="Product Unit", readonly=True)
    arithmetic = fields.Char(
        compute="_compute_arithmetic", help="How the proposal came about."
    )
    # What people say
    quantity = fields.Float(
        string="Dealer's Quantity",
        digits="Product Unit",
        required=True,
        default=1.0,
    )
    dealer_reason = fields.Char(
        string="Reason", help="Why less than proposed will be stocked."
    )
    approved_quantity = fields.Float(string="Approved", digits="Product Unit")
    is_lowered = fields.Boolean(
        string="Less than Proposed", compute="_compute_is_lowered", store=True
    )
    is_changed = fields.Boolean(compute="_compute_is_lowered", store=True)
    is_added = fields.Boolean(
        string="Added by Hand",
        readonly=True,
        help="Not proposed by the system.",
    )
    price_unit = fields.Monetary(
        string="Price",
        compute="_compute_price_unit",
        store=True,
        precompute=True,
        compute_sudo=True,
        help="The dealer's price of one piece, before tax, when it was planned.",
    )
    value = fields.Monetary(compute="_compute_value", store=True)
    # Facts
    ordered = fields.Float(digits="Product Unit", compute="_compute_actual")
    received = fields.Float(digits="Product Unit", compute="_compute_actual")
    used = fields.Float(
        string="Used in the Season", digits="Product Unit", compute="_compute_actual"
    )
    cover = fields.Float(
        string="Cover (%)",
        digits=(16, 1),
        compute="_compute_actual",
        help="Pieces there when planned and received on the plan's order, as a share "
        "of those used in the season; 100 when nothing was used.",
    )

    _part_uniq = models.UniqueIndex(
        "(plan_id, product_id)",
        "This part is on the plan already; change its quantity.",
    )

    # COMPUTES

    @api.depends_context("lang")
    @api.depends("need", "on_hand", "on_order", "proposed", "is_added")
    def _compute_arithmetic(self):
        for line in self:
            if line.is_added and not line.need:
                line.arithmetic = self.env._("Added by hand")
            else:
                line.arithmetic = line._get_arithmetic()

    def _get_arithmetic(self):
        """The proposal in words, in the reader's language."""
        self.ensure_one()
        year = self.plan_id.year
        peers = self.peer_rate * self.machine_count
        return self.env._(
            "Used %(last)s in %(year)s and %(before)s in %(earlier)s; peers %(rate)s "
            "per machine × %(machines)s machines = %(peers)s. Needed %(need)s − "
            "%(on_hand)s on hand − %(on_order)s on its way, rounded up: %(proposed)s",
            last=f"{self.used_last:g}",
            year=year - 1,
            before=f"{self.used_before:g}",
            earlier=year - 2,
            rate=f"{self.peer_rate:.3g}",
            machines=self.machine_count,
            peers=f"{peers:.4g}",
            need=f"{self.need:.4g}",
            on_hand=f"{self.on_hand:g}",
            on_order=f"{self.on_order:g}",
            proposed=f"{self.proposed:g}",
        )

    @api.depends("quantity", "proposed", "product_id")
    def _compute_is_lowered(self):
        for line in self:
            compare = line.product_id.uom_id.compare
            order = compare(line.quantity, line.proposed) if line.product_id else 0
            line.is_lowered, line.is_changed = order < 0, order != 0

    @api.depends("product_id", "plan_id.dealer_id")
    def _compute_price_unit(self):
        for plan, lines in self.grouped("plan_id").items():
            dealer = plan.dealer_id
            company = dealer.company_id or self.env.company
            pricelist = dealer and dealer._get_parts_pricelist()
            pricelist = pricelist or self.env["product.pricelist"]
            prices = pricelist._get_products_price(
                lines.product_id.with_company(company),
                1.0,
                currency=company.currency_id,
                date=fields.Datetime.now(),
            )
            for line in lines:
                line.price_unit = prices.get(line.product_id.id, 0.0)

    @api.depends("price_unit", "quantity", "approved_quantity", "plan_id.state")
    def _compute_value(self):
        for line in self:
            open_yet = line.plan_id.state in ("draft", "proposed", "refused")
            quantity = line.quantity if open_yet else line.approved_quantity
            line.value = line.price_unit * quantity

    def _compute_actual(self):
        facts = self.env["aftersales.stocking.actual"].search_fetch(
            [("id", "in", self.ids)], ["ordered", "received", "used", "cover"]
        )
        by_id = {fact.id: fact for fact in facts}
        for line in self:
            fact = by_id.get(line._origin.id)
            line.ordered = fact.ordered if fact else 0.0
            line.received = fact.received if fact else 0.0
            line.used = fact.used if fact else 0.0
            line.cover = fact.cover if fact else 0.0

    # CONSTRAINTS

    @api.constrains("quantity", "approved_quantity")
    def _check_quantities(self):
        for line in self:
            compare = line.product_id.uom_id.compare
            if compare(line.quantity, 0.0) < 0:
                raise ValidationError(
                    self.env._(
                        "%(part)s on %(plan)s: the dealer's quantity cannot be "
                        "negative. Enter 0 if none is stocked.",
                        part=line.product_id.display_name,
                        plan=line.plan_id.name,
                    )
                )
            approved = line.approved_quantity
            if compare(approved, 0.0) < 0 or compare(approved, line.quantity) > 0:
                if line.plan_id.state in ("draft", "proposed"):
                    continue
                raise ValidationError(
                    self.env._(
                        "%(part)s on %(plan)s: between 0 and the dealer's "
                        "%(quantity)g pieces can be approved. Send the plan back to "
                        "ask for more.",
                        part=line.product_id.display_name,
                        plan=line.plan_id.name,
                        quantity=line.quantity,
                    )
                )

    @api.constrains("product_id")
    def _check_part(self):
        for line in self:
            part = line.product_id
            if not part.is_storable or part.is_machine:
                raise ValidationError(
                    self.env._(
                        "%(part)s on %(plan)s is no part that is kept in stock: a "
                        "service or a whole machine. Choose a part.",
                        part=part.display_name,
                        plan=line.plan_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._ensure_entered(vals, ENTERED)
            vals_list = [{**vals, "is_added": True} for vals in vals_list]
        lines = super().create(vals_list)
        if not self.env.su:
            lines._ensure_at_dealer()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_write(vals)
        return super().write(vals)

    def _check_write(self, vals):
        """The dealer says what he stocks, the company what it approves."""
        submitted = self.filtered(lambda line: line.state == "submitted")
        if submitted and not self.env.user.is_dealer:
            self._ensure_entered(vals, {"approved_quantity"})
            (self - submitted)._ensure_at_dealer()
            return
        self._ensure_at_dealer()
        fixed = self.filtered(lambda line: not line.is_added)
        allowed = ENTERED - {"plan_id"} - ({"product_id"} if fixed else set())
        self._ensure_entered(vals, allowed)

    @api.model
    def _ensure_entered(self, vals, allowed):
        """:raises AccessError: a number of the system, or of the other side"""
        closed = [name for name in vals if name not in allowed and name in self._fields]
        if closed:
            raise AccessError(
                self.env._(
                    "Stocking plan line: %(fields)s cannot be changed here. The system "
                    "proposes, the dealer enters his quantity, the company approves.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in closed
                    ),
                )
            )

    def _ensure_at_dealer(self):
        """:raises UserError: the plan was handed in"""
        for line in self:
            if line.state not in ("draft", "proposed"):
                raise UserError(
                    self.env._(
                        "%(plan)s is handed in, refused or closed: its quantities "
                        "stand. Have it sent back to change them.",
                        plan=line.plan_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_added(self):
        if self.env.su:
            return
        self._ensure_at_dealer()
        for line in self:
            if not line.is_added:
                raise UserError(
                    self.env._(
                        "%(part)s was proposed on %(plan)s and stays on it. Enter 0 "
                        "with the reason if you will not stock it.",
                        part=line.product_id.display_name,
                        plan=line.plan_id.name,
                    )
                )
