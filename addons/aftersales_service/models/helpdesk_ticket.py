from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.aftersales_warranty.models.aftersales_warranty_card import (
    DEAD_STATES,
)
from odoo.addons.aftersales_warranty.utils.serial import normalize_serial

from .aftersales_case_type import SEVERITIES


class HelpdeskTicket(models.Model):
    """The case: what a customer wants, about which machine, and whose job it is.

    From the serial number alone a case knows its machine, card and cover. The dealer
    who serves it sees it, whoever sold the machine.
    """

    _name = "helpdesk.ticket"
    _inherit = ["aftersales.dealer.mixin", "helpdesk.ticket", "rating.mixin"]

    name = fields.Char(required=False)
    # stored: what is open is asked for by every list
    closed = fields.Boolean(store=True)
    # What is asked on the phone
    case_type_id = fields.Many2one(
        "aftersales.case.type",
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env["aftersales.case.type"].search([], limit=1),
    )
    partner_id = fields.Many2one(
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
    )
    partner_phone = fields.Char(string="Phone", index="btree_not_null")
    address = fields.Char(string="Service Address")
    serial = fields.Char(
        string="Serial Number", tracking=True, help="As the machine's nameplate says."
    )
    usage = fields.Float(
        string="Reading", help="The machine's meter as the customer reads it."
    )
    fault_id = fields.Many2one(
        "aftersales.fault",
        string="Symptom",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("kind", "=", "symptom")],
    )
    severity = fields.Selection(
        selection=SEVERITIES,
        compute="_compute_severity",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    service_level_id = fields.Many2one(
        "aftersales.service.level",
        compute="_compute_service_level_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    # What the serial number tells
    lot_id = fields.Many2one(
        "stock.lot",
        string="Machine",
        compute="_compute_lot_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
    )
    card_id = fields.Many2one(
        "aftersales.warranty.card",
        string="Warranty Card",
        compute="_compute_card_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    sale_date = fields.Date(related="card_id.sale_date", string="Sold on")
    purchase_date = fields.Date(
        compute="_compute_purchase_date",
        store=True,
        readonly=False,
        help="From the warranty card; without one, as the customer says.",
    )
    seller_dealer_id = fields.Many2one(
        related="card_id.dealer_id",
        string="Selling Dealer",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
    )
    verdict = fields.Selection(
        selection=[
            ("covered", "In warranty"),
            ("not_covered", "Out of warranty"),
            ("no_card", "No warranty card"),
        ],
        compute="_compute_verdict",
        store=True,
    )
    verdict_covered = fields.Boolean(
        string="Covered", compute="_compute_verdict", store=True
    )
    verdict_text = fields.Text(string="Reasons", compute="_compute_verdict_text")
    # Facts, in the order in which they happen
    reported_at = fields.Datetime(
        required=True, default=fields.Datetime.now, index=True, tracking=True
    )
    replied_at = fields.Datetime(copy=False, readonly=True)
    arranged_at = fields.Datetime(copy=False, readonly=True)
    contacted_at = fields.Datetime(copy=False, readonly=True)
    arrived_at = fields.Datetime(copy=False, readonly=True)
    resolved_at = fields.Datetime(copy=False, readonly=True, tracking=True)
    reopen_count = fields.Integer(copy=False, readonly=True)
    resolution = fields.Text(copy=False, help="What settled the case.")
    internal_note = fields.Html(
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
        help="Seen by the company only.",
    )
    # What became of it
    dispatch_ids = fields.One2many("aftersales.dispatch", "ticket_id", string="Jobs")
    repair_ids = fields.One2many("repair.order", "ticket_id", string="Repairs")
    followup_ids = fields.One2many(
        "aftersales.followup", "ticket_id", string="Follow-ups"
    )

    # The lists' order, of open cases and of all: with years of settled cases a page is
    # read from the index instead of sorting them.
    _open_order_idx = models.Index(
        "(priority DESC, sequence, number DESC, id DESC) "
        "WHERE active IS TRUE AND closed IS NOT TRUE"
    )
    _order_idx = models.Index(
        "(priority DESC, sequence, number DESC, id DESC) WHERE active IS TRUE"
    )

    # COMPUTES

    @api.depends("team_id")
    def _compute_user_id(self):
        """Keep who works on the case: a change of team is no reason to drop him."""

    @api.depends("case_type_id")
    def _compute_severity(self):
        for ticket in self:
            ticket.severity = ticket.severity or ticket.case_type_id.severity or "3"

    @api.depends("case_type_id", "partner_id")
    def _compute_service_level_id(self):
        """The customer's own level; else the one chosen, else the case type's."""
        for ticket in self:
            customer = ticket.partner_id.commercial_partner_id
            ticket.service_level_id = (
                customer.service_level_id
                or ticket.service_level_id
                or ticket.case_type_id.service_level_id
            )

    @api.depends("card_id.sale_date")
    def _compute_purchase_date(self):
        for ticket in self:
            ticket.purchase_date = ticket.card_id.sale_date or ticket.purchase_date

    @api.depends("serial")
    def _compute_lot_id(self):
        lots = defaultdict(self.env["stock.lot"].browse)
        serials = {
            spelling
            for ticket in self
            for spelling in (ticket.serial, normalize_serial(ticket.serial))
            if spelling
        }
        for lot in self.env["stock.lot"].search([("name", "in", list(serials))]):
            lots[lot.name] |= lot
        for ticket in self:
            found = lots[ticket.serial] or lots[normalize_serial(ticket.serial)]
            if len(found) > 1:
                found = found.filtered("product_id.is_machine") or found
            ticket.lot_id = found if len(found) == 1 else False

    @api.depends("lot_id")
    def _compute_product_id(self):
        for ticket in self:
            ticket.product_id = ticket.lot_id.product_id or ticket.product_id

    @api.depends("lot_id", "lot_id.card_ids.state")
    def _compute_card_id(self):
        cards = self.env["aftersales.warranty.card"].search(
            [("lot_id", "in", self.lot_id.ids), ("state", "not in", DEAD_STATES)]
        )
        by_lot = {card.lot_id: card for card in cards}
        for ticket in self:
            if not (ticket.closed and ticket.card_id):
                ticket.card_id = by_lot.get(ticket.lot_id._origin, False)

    @api.depends("card_id")
    def _compute_partner_id(self):
        """The owner on the card, if the one who asks may know him."""
        user = self.env.user
        for ticket in self:
            card = ticket.card_id
            known = not user.is_dealer or card.dealer_id == user.dealer_id
            if not ticket.partner_id and card and known and not ticket.partner_name:
                ticket.partner_id = card.partner_id

    @api.depends(
        "card_id",
        "card_id.state",
        "card_id.start_date",
        "card_id.end_date",
        "reported_at",
        "usage",
    )
    def _compute_verdict(self):
        for ticket in self:
            if not ticket.card_id:
                ticket.verdict = "no_card" if ticket.lot_id else False
                ticket.verdict_covered = False
                continue
            covered = ticket._get_verdict().covered
            ticket.verdict = "covered" if covered else "not_covered"
            ticket.verdict_covered = covered

    @api.depends("verdict", "card_id", "reported_at", "usage", "lot_id")
    @api.depends_context("lang")
    def _compute_verdict_text(self):
        for ticket in self:
            if ticket.card_id:
                reasons = ticket._get_verdict().reasons
                ticket.verdict_text = "\n".join(str(text) for _code, text in reasons)
            elif ticket.lot_id:
                ticket.verdict_text = ticket._get_no_card_text()
            else:
                ticket.verdict_text = False

    def _get_no_card_text(self):
        self.ensure_one()
        # sudo: the card may be of a machine that another dealer sold
        cards = self.lot_id.sudo().card_ids
        void = cards.filtered(lambda card: card.state == "void")[:1]
        if void:
            return self.env._(
                "The warranty card of this machine is void since %(date)s. Charge the "
                "customer, or let a new card be registered and approved.",
                date=format_date(self.env, void.void_date),
            )
        return self.env._(
            "This machine has no warranty card yet. Register its slip, or charge the "
            "customer."
        )

    def _get_verdict(self, part=None):
        """The card's answer for ``part`` at the time of the report.

        :return: an ``aftersales_warranty`` Verdict
        """
        self.ensure_one()
        # sudo: the machine may have been sold by another dealer; cover is no secret
        return self.card_id.sudo().coverage_verdict(
            part=part,
            on_date=fields.Date.to_date(self.reported_at),
            usage=self.usage or None,
        )
