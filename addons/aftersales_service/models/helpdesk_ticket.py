from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.aftersales_warranty.models.aftersales_warranty_card import (
    DEAD_STATES,
)
from odoo.addons.aftersales_warranty.utils.serial import normalize_serial

from .aftersales_case_type import SEVERITIES

# Facts that only an act may state; nobody writes them by hand.
FACT_FIELDS = (
    "replied_at",
    "arranged_at",
    "contacted_at",
    "arrived_at",
    "resolved_at",
    "reopen_count",
)


class HelpdeskTicket(models.Model):
    """The case: what a customer wants, about which machine, and whose job it is.

    From the serial number alone a case knows its machine, card and cover. The dealer
    who serves it sees it, whoever sold the machine.
    """

    _name = "helpdesk.ticket"
    _inherit = ["aftersales.dealer.mixin", "helpdesk.ticket", "rating.mixin"]

    name = fields.Char(required=False)
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
    partner_phone = fields.Char(string="Phone")
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
        compute="_compute_from_type",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    service_level_id = fields.Many2one(
        "aftersales.service.level",
        compute="_compute_from_type",
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
    sale_date = fields.Date(related="card_id.sale_date", string="Purchase Date")
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
        string="Internal Note",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
        help="Seen by the company only.",
    )
    # What became of it
    dispatch_ids = fields.One2many("aftersales.dispatch", "ticket_id", string="Jobs")
    repair_ids = fields.One2many("repair.order", "ticket_id", string="Repairs")
    followup_ids = fields.One2many(
        "aftersales.followup", "ticket_id", string="Follow-ups"
    )
    dispatch_count = fields.Integer(compute="_compute_counts")
    repair_count = fields.Integer(compute="_compute_counts")
    followup_count = fields.Integer(compute="_compute_counts")
    lot_case_count = fields.Integer(
        string="Cases of This Machine", compute="_compute_lot_history"
    )
    lot_repair_count = fields.Integer(
        string="Repairs of This Machine", compute="_compute_lot_history"
    )
    repeat_hint = fields.Text(compute="_compute_lot_history")

    # COMPUTES

    @api.depends("team_id")
    def _compute_user_id(self):
        """Keep who works on the case: a change of team is no reason to drop him."""

    @api.depends("case_type_id")
    def _compute_from_type(self):
        for ticket in self:
            case_type = ticket.case_type_id
            ticket.severity = ticket.severity or case_type.severity or "3"
            ticket.service_level_id = (
                ticket.service_level_id or case_type.service_level_id
            )

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
                ticket.verdict_text = self.env._(
                    "This machine has no warranty card yet. Register its slip, or "
                    "charge the customer."
                )
            else:
                ticket.verdict_text = False

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

    @api.depends("dispatch_ids", "repair_ids", "followup_ids")
    def _compute_counts(self):
        for name, model in (
            ("dispatch_count", "aftersales.dispatch"),
            ("repair_count", "repair.order"),
            ("followup_count", "aftersales.followup"),
        ):
            groups = self.env[model]._read_group(
                [("ticket_id", "in", self.ids)], ["ticket_id"], ["__count"]
            )
            counts = {ticket.id: count for ticket, count in groups}
            for ticket in self:
                ticket[name] = counts.get(ticket._origin.id, 0)

    @api.depends("lot_id", "fault_id")
    def _compute_lot_history(self):
        cases = self._count_by_lot("helpdesk.ticket")
        repairs = self._count_by_lot("repair.order")
        for ticket in self:
            lot = ticket.lot_id._origin.id
            own = 1 if ticket._origin else 0
            ticket.lot_case_count = max(cases.get(lot, 0) - own, 0)
            ticket.lot_repair_count = repairs.get(lot, 0)
            ticket.repeat_hint = ticket._get_repeat_hint() if lot else False

    def _count_by_lot(self, model):
        groups = self.env[model]._read_group(
            [("lot_id", "in", self.lot_id._origin.ids)], ["lot_id"], ["__count"]
        )
        return {lot.id: count for lot, count in groups}

    def _get_repeat_hint(self):
        """One line per open case and recent repair of the machine, or False."""
        self.ensure_one()
        if not (self.lot_case_count or self.lot_repair_count):
            return False
        lot = Domain("lot_id", "=", self.lot_id._origin.id)
        lines = [
            self.env._("Open case %(case)s", case=case.display_name)
            for case in self.search(
                lot & Domain("closed", "=", False) & Domain("id", "!=", self._origin.id),
                limit=3,
            )
        ]
        for repair in self.env["repair.order"]._search_recent_repairs(lot):
            lines.append(
                self.env._(
                    "Repaired on %(date)s: %(repair)s %(symptom)s",
                    date=fields.Date.to_string(repair.finished_at),
                    repair=repair.name,
                    symptom=repair.symptom_id.display_name or "",
                ).strip()
            )
        return "\n".join(lines) or False

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        result = super()._onchange_partner_id()
        if self.partner_id:
            self.partner_phone = self.partner_id.phone or self.partner_phone
            self.address = self._get_partner_address() or self.address
        return result

    @api.onchange("partner_phone")
    def _onchange_partner_phone(self):
        phone = (self.partner_phone or "").strip()
        if phone and not self.partner_id:
            self.partner_id = self._search_partner_by_phone(phone)

    @api.model
    def _search_partner_by_phone(self, phone):
        """The one contact with this number that the user may see, or none."""
        found = self.env["res.partner"].search([("phone", "=", phone)], limit=2)
        return found if len(found) == 1 else found.browse()

    def _get_partner_address(self):
        self.ensure_one()
        partner = self.partner_id
        parts = (partner.state_id.name, partner.city, partner.street, partner.street2)
        return " ".join(part for part in parts if part)

    # CONSTRAINTS

    @api.constrains("serial", "lot_id")
    def _check_serial(self):
        for ticket in self:
            if ticket.serial and not ticket.lot_id:
                raise ValidationError(
                    self.env._(
                        "Serial number %(serial)s is not known. Compare it with the "
                        "nameplate, register the machine's warranty card, or clear "
                        "the field and ask the technician to read it.",
                        serial=ticket.serial,
                    )
                )

    @api.constrains("dealer_id")
    def _check_dealer_unmoved(self):
        for ticket in self:
            jobs = ticket.sudo()._get_open_work()  # sudo: anybody's open work counts
            if any(job.dealer_id != ticket.dealer_id for job in jobs):
                raise ValidationError(
                    self.env._(
                        "Case %(case)s cannot go to another dealer while %(job)s is "
                        "open. Finish or cancel it first.",
                        case=ticket.display_name,
                        job=jobs[0].display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_facts({name for vals in vals_list for name in vals})
            self.env.user.dealer_id._ensure_may_operate()
        for vals in vals_list:
            self._complete_serial(vals)
        tickets = super().create(vals_list)
        tickets._complete_intake()
        return tickets

    def write(self, vals):
        if not self.env.su:
            self._check_facts(vals)
        self._complete_serial(vals)
        if not vals.get("stage_id"):
            return super().write(vals)
        return self._write_stage(vals)

    def _write_stage(self, vals):
        """Write ``vals`` with a stage, so that only those that change it are moved.

        Mends helpdesk_mgmt, which takes every write of a stage for a move and never
        clears the day of closing when a case is opened again.
        """
        stage = self.env["helpdesk.ticket.stage"].browse(vals["stage_id"])
        moved = self.filtered(lambda ticket: ticket.stage_id != stage)
        rest = {name: value for name, value in vals.items() if name != "stage_id"}
        result = True
        if rest and self - moved:
            result = super(HelpdeskTicket, self - moved).write(rest)
        reopened = moved.filtered("closed") if not stage.closed else self.browse()
        if moved - reopened:
            result = super(HelpdeskTicket, moved - reopened).write(dict(vals))
        for ticket in reopened:
            super(HelpdeskTicket, ticket).write(
                {**vals, **ticket._prepare_reopen_vals()}
            )
        return result

    @api.model
    def _check_facts(self, names):
        facts = [name for name in FACT_FIELDS if name in names]
        if facts:
            labels = (self._fields[n]._description_string(self.env) for n in facts)
            raise AccessError(
                self.env._(
                    "%(fields)s of a case cannot be set by hand; the buttons of the "
                    "case and of its jobs do it.",
                    fields=", ".join(labels),
                )
            )

    @api.model
    def _complete_serial(self, vals):
        if vals.get("serial"):
            vals["serial"] = vals["serial"].strip()
        elif vals.get("lot_id") and "serial" not in vals:
            vals["serial"] = self.env["stock.lot"].browse(vals["lot_id"]).name
