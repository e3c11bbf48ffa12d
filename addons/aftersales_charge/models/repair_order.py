from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..utils.charge_source import ChargeSource


class RepairOrder(models.Model):
    """What of a repair the customer pays, and his word for it before the end."""

    _inherit = "repair.order"

    quotation_ids = fields.One2many("aftersales.quotation", "repair_id")
    quotation_count = fields.Integer(compute="_compute_quotation_count")
    delivery_ids = fields.One2many("aftersales.delivery", "repair_id")
    travel_covered = fields.Boolean(
        compute="_compute_travel_covered",
        store=True,
        readonly=False,
        help="Travel is borne by the warranty; otherwise the customer is charged.",
    )
    charge_hint = fields.Char(compute="_compute_charge_hint")
    can_quote = fields.Boolean(compute="_compute_can_charge")
    can_deliver = fields.Boolean(compute="_compute_can_charge")

    @api.depends("quotation_ids")
    def _compute_quotation_count(self):
        for repair in self:
            repair.quotation_count = len(repair.quotation_ids)

    @api.depends("card_id", "usage", "ticket_id")
    def _compute_travel_covered(self):
        for repair in self:
            if repair.ticket_id and repair._is_open():
                repair.travel_covered = repair._get_verdict().covered

    @api.constrains("travel_covered")
    def _check_travel_covered(self):
        for repair in self.filtered("travel_covered"):
            if repair._is_open() and not repair._get_verdict().covered:
                raise ValidationError(
                    self.env._(
                        "Travel of repair %(repair)s is not covered by the card. "
                        "Untick “Travel Covered”.",
                        repair=repair.name,
                    )
                )

    @api.depends("state", "ticket_id", "quotation_ids.state", "delivery_ids")
    def _compute_can_charge(self):
        for repair in self:
            ours = bool(repair.ticket_id) and not repair.is_history
            is_done = ours and repair.state == "done"
            repair.can_quote = (
                not repair._has_quotation()
                and ours
                and (repair._is_open() or (is_done and repair._is_charged()))
            )
            repair.can_deliver = is_done and not repair.delivery_ids

    def _has_quotation(self):
        """Whether a quotation is there that can be used or renewed."""
        self.ensure_one()
        dead = ("superseded", "cancelled")
        return any(quotation.state not in dead for quotation in self.quotation_ids)

    def _is_charged(self):
        """Whether anything of the repair is not covered."""
        self.ensure_one()
        # sudo: the service products belong to no dealer
        return any(not source.covered for source in self.sudo()._get_charge_sources())

    @api.depends(
        "state",
        "move_ids.covered",
        "move_ids.product_uom_qty",
        "labour_ids.covered",
        "travel_covered",
        "travel_km",
        "quotation_ids.state",
    )
    def _compute_charge_hint(self):
        for repair in self:
            is_open = repair.ticket_id and repair._is_open()
            repair.charge_hint = is_open and repair._get_charge_refusal()

    @api.model
    def _get_dealer_fields(self):
        return super()._get_dealer_fields() | {"travel_covered"}

    def _get_signed_content(self):
        # who pays the travel is an amount the customer signs for
        return {**super()._get_signed_content(), "travel_covered": self.travel_covered}

    # SOURCES OF THE CHARGE

    def _get_charge_sources(self):
        """What this repair consists of, covered or charged; list of ChargeSource."""
        self.ensure_one()
        return [
            *self._get_part_sources(),
            *self._get_labour_sources(),
            *self._get_travel_sources(),
        ]

    def _get_part_sources(self):
        operation = self.env["aftersales.operation"]
        moves = self.move_ids.filtered(
            lambda move: move.repair_line_type == "add" and move.state != "cancel"
        )
        return [
            ChargeSource(
                "part",
                move.covered,
                move.product_id,
                operation,
                move.product_uom._compute_quantity(
                    move.product_uom_qty, move.product_id.uom_id
                ),
            )
            for move in moves
        ]

    def _get_labour_sources(self):
        product = self.env["aftersales.charge.rate"]._get_service_product("labour")
        return [
            ChargeSource("labour", line.covered, product, line.operation_id, line.hours)
            for line in self.labour_ids
        ]

    def _get_travel_sources(self):
        if not self.travel_km:
            return []
        product = self.env["aftersales.charge.rate"]._get_service_product("travel")
        operation = self.env["aftersales.operation"]
        return [
            ChargeSource(
                "travel", self.travel_covered, product, operation, self.travel_km
            )
        ]

    # THE CUSTOMER'S WORD

    def _get_accepted_quotation(self):
        """The quotation in force for this repair, or an empty one (under sudo)."""
        self.ensure_one()
        # sudo: it is of the same dealer as the repair
        quotations = (
            self.env["aftersales.quotation"]
            .sudo()
            .search(
                [
                    ("ticket_id", "=", self.ticket_id.id),
                    ("repair_id", "in", [self.id, False]),
                    ("state", "in", ("accepted", "invoiced")),
                ]
            )
        )
        return quotations.sorted(lambda quotation: not quotation.repair_id)[:1]

    def _get_charge_total(self):
        """What the repair as it stands costs at published prices, tax included."""
        self.ensure_one()
        if not self.ticket_id:
            return 0.0
        # sudo: priced from closed price lists; only the sum is told
        own = self.sudo()
        quotation = own.env["aftersales.quotation"].new(
            {"ticket_id": own.ticket_id.id, "repair_id": own.id}
        )
        return quotation._get_use_total(own)

    def _get_charge_refusal(self):
        """Why charged work may not be finished yet; an empty text when it may."""
        self.ensure_one()
        if not self._is_charged():
            return ""
        quotation = self._get_accepted_quotation()
        if quotation:
            return self._get_excess(quotation)
        if not self.ticket_id.case_type_id.demands_quotation:
            return ""
        total = self._get_charge_total()
        currency = self.company_id.currency_id
        if currency.is_zero(total):
            return ""
        return self.env._(
            "the customer has to accept a quotation first: %(total)s are not covered.",
            total=currency.format(total),
        )

    def _get_excess(self, quotation):
        """Why the work goes beyond the accepted quotation, or an empty text."""
        total = quotation._get_use_total(self)
        if not quotation._is_beyond_limit(total):
            return ""
        return self.env._(
            "the charged work comes to %(total)s, but the customer accepted "
            "%(accepted)s (at most %(limit)s). Make a new version of quotation "
            "%(quotation)s and let him accept it.",
            total=quotation._format_amount(total),
            accepted=quotation._format_amount(quotation.amount_total),
            limit=quotation._format_amount(quotation.limit_total),
            quotation=quotation.display_name,
        )

    def _get_missing(self):
        refusal = self._get_charge_refusal()
        return [*super()._get_missing(), (bool(refusal), refusal)]

    def _on_finished(self):
        result = super()._on_finished()
        for repair in self:
            quotation = repair._get_accepted_quotation()
            if quotation and not quotation.is_used:
                # the quotation comes under sudo: what was used follows from the repair
                quotation._note_use(repair.sudo())
        return result

    # BUTTONS

    def action_quote(self):
        """Quote the charged work, or open the quotation there is.

        :raises UserError: the repair belongs to no case
        """
        self.ensure_one()
        self.check_access("write")
        if not self.ticket_id:
            raise UserError(
                self.env._(
                    "Repair %(repair)s belongs to no case; quote it in the Repairs "
                    "app.",
                    repair=self.name,
                )
            )
        quotations = self.env["aftersales.quotation"]
        alive = quotations.search(
            [
                ("ticket_id", "=", self.ticket_id.id),
                ("repair_id", "in", [self.id, False]),
                ("state", "in", ("draft", "sent", "accepted", "invoiced")),
            ],
            order="version desc, id desc",
            limit=1,
        )
        if alive.state == "draft" and not alive.repair_id:
            alive.repair_id = self
            alive._refresh_lines()
        quotation = alive or quotations._create_for(self.ticket_id, self)
        return quotation._get_form_action()

    def action_open_quotations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_charge.aftersales_quotation_action"
        )
        return {**action, "domain": [("repair_id", "=", self.id)], "context": {}}

    def action_deliver(self):
        """Open the handing-over of the finished repair; made when there is none."""
        self.ensure_one()
        delivery = self.delivery_ids or self.env["aftersales.delivery"]._create_for(
            self
        )
        return delivery._get_form_action()
