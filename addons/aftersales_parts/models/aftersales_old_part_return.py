import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from .aftersales_old_part import DEALER, INSPECTOR, KEEPER


class AftersalesOldPartReturn(models.Model):
    """A box of old parts on its way from the dealer to the company."""

    _name = "aftersales.old.part.return"
    _description = "Old parts return"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "name desc"

    _transitions = {
        "ship": Transition(("draft",), "shipped", f"{DEALER},{KEEPER}"),
        "receive": Transition(("shipped",), "received", f"{KEEPER},{INSPECTOR}"),
    }
    _protected_fields = (
        "name",
        "shipped_on",
        "received_on",
        "received_by",
        "unknown_barcodes",
    )
    _editable_states = ("draft", "shipped")

    name = fields.Char(required=True, readonly=True, copy=False, default="/")
    dealer_id = fields.Many2one(required=True)
    company_id = fields.Many2one(related="dealer_id.company_id", store=True)
    state = fields.Selection(
        [("draft", "Packing"), ("shipped", "Shipped"), ("received", "Received")],
        default="draft",
        required=True,
        tracking=True,
        index=True,
    )
    old_part_ids = fields.One2many(
        "aftersales.old.part", "return_id", string="Old Parts"
    )
    carrier = fields.Char(tracking=True, copy=False)
    waybill = fields.Char(tracking=True, copy=False)
    freight = fields.Monetary(help="What the carrier charged for this box.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    scan = fields.Text(
        string="Scanned Barcodes",
        copy=False,
        help="Put the cursor here and scan one label after the other.",
    )
    unknown_barcodes = fields.Text(readonly=True, copy=False)
    note = fields.Text()
    shipped_on = fields.Datetime(readonly=True, copy=False)
    received_on = fields.Datetime(readonly=True, copy=False)
    received_by = fields.Many2one("res.users", readonly=True, copy=False)
    old_part_count = fields.Integer(compute="_compute_counts", string="Listed")
    missing_count = fields.Integer(compute="_compute_counts", string="Missing")
    surplus_count = fields.Integer(compute="_compute_counts", string="Surplus")
    to_inspect_count = fields.Integer(compute="_compute_counts", string="To Inspect")
    can_ship = fields.Boolean(compute="_compute_can")
    can_receive = fields.Boolean(compute="_compute_can")

    _name_uniq = models.Constraint("UNIQUE (name)", "A box with this number exists.")

    @api.depends(
        "old_part_ids.state", "old_part_ids.is_missing", "old_part_ids.is_surplus"
    )
    def _compute_counts(self):
        for box in self:
            parts = box.old_part_ids
            box.old_part_count = len(parts)
            box.missing_count = len(parts.filtered("is_missing"))
            box.surplus_count = len(parts.filtered("is_surplus"))
            box.to_inspect_count = len(parts.filtered(lambda p: p.state == "received"))

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            vals["name"] = sequence.next_by_code("aftersales.old.part.return") or "/"
        return super().create(vals_list)

    @api.model
    def _check_protected_create(self, vals):
        # the number is ours: create has just drawn it
        vals = {name: value for name, value in vals.items() if name != "name"}
        return super()._check_protected_create(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        shipped = self.filtered(lambda box: box.state != "draft")
        if shipped:
            raise UserError(
                self.env._(
                    "%(box)s was shipped and cannot be deleted.", box=shipped[0].name
                )
            )

    def action_fill(self):
        """Put all old parts that wait at the dealer's into the box."""
        self.ensure_one()
        waiting = self.env["aftersales.old.part"].search(self._get_waiting_domain())
        if not waiting:
            raise UserError(
                self.env._(
                    "No old part of %(dealer)s waits for a box.",
                    dealer=self.dealer_id.display_name,
                )
            )
        waiting.return_id = self

    def _get_waiting_domain(self):
        return [
            ("dealer_id", "=", self.dealer_id.id),
            ("state", "=", "recovered"),
            ("return_id", "=", False),
        ]

    def action_scan(self):
        """Take in the scanned barcodes: pack them, or tick them off on arrival."""
        for box in self:
            names = box._pop_scan()
            if box.state == "draft":
                box._pack(names)
            else:
                box._ensure_can("receive")
                box._tick_off(names)

    def _pop_scan(self):
        """The barcodes in the scan field, each once, and the field emptied."""
        self.ensure_one()
        names = list(dict.fromkeys(re.split(r"[\s,;]+", (self.scan or "").strip())))
        self.scan = False
        return [name for name in names if name]

    def _pack(self, names):
        """Put the scanned tags into the box while it is being packed.

        :raises UserError: names the tags that are unknown, sent already or elsewhere
        """
        tags = self.env["aftersales.old.part"].search(
            [("name", "in", names), ("dealer_id", "=", self.dealer_id.id)]
        )
        unfit = set(names) - set(tags.mapped("name"))
        unfit |= set(
            tags.filtered(
                lambda tag: tag.state != "recovered" or tag.return_id - self
            ).mapped("name")
        )
        if unfit:
            raise UserError(
                self.env._(
                    "Not packed: %(tags)s. These tags are unknown, sent already or in "
                    "another box. Take them out of the scanned barcodes.",
                    tags=", ".join(sorted(unfit)),
                )
            )
        tags.return_id = self

    def _tick_off(self, names):
        """Compare what lies in the box with what the dealer listed.

        A tag of this dealer that he had not listed is taken in as surplus; any other
        barcode is kept as unknown.
        """
        # sudo: the marks of the arrival are closed to direct writes; the right to
        # receive was checked by the caller
        box = self.sudo()
        listed = box.old_part_ids.filtered(lambda tag: tag.name in names)
        others = set(names) - set(listed.mapped("name"))
        surplus = (
            self.env["aftersales.old.part"]
            .sudo()
            .search(
                [
                    ("name", "in", list(others)),
                    ("dealer_id", "=", box.dealer_id.id),
                    ("state", "=", "recovered"),
                ]
            )
        )
        listed.is_scanned = True
        surplus.write({"return_id": box.id, "is_scanned": True, "is_surplus": True})
        unknown = others - set(surplus.mapped("name"))
        known = set((box.unknown_barcodes or "").split())
        box.unknown_barcodes = "\n".join(sorted(known | unknown)) or False

    def action_ship(self):
        """Send the box off with its list.

        :raises UserError: the box is empty, or carrier or waybill is missing
        """
        for box in self:
            if not box.old_part_ids:
                raise UserError(
                    self.env._(
                        "%(box)s is empty. Add the old parts that you send.",
                        box=box.name,
                    )
                )
            if not (box.carrier and box.waybill):
                raise UserError(
                    self.env._(
                        "%(box)s: enter the carrier and the waybill number.",
                        box=box.name,
                    )
                )
        self._transition("ship", {"shipped_on": fields.Datetime.now()})
        self.old_part_ids._transition("ship")

    def action_receive(self):
        """Close the arrival: scanned tags are received, the others are missing.

        :raises UserError: nothing was scanned
        """
        self.filtered("scan").action_scan()
        for box in self:
            if not box.old_part_ids.filtered("is_scanned"):
                raise UserError(
                    self.env._(
                        "%(box)s: scan the labels of the parts in the box first.",
                        box=box.name,
                    )
                )
        now = fields.Datetime.now()
        self._transition("receive", {"received_on": now, "received_by": self.env.uid})
        scanned = self.old_part_ids.filtered("is_scanned")
        scanned._transition("receive", {"received_on": now})
        # sudo: marks of the arrival, see _tick_off
        (self.old_part_ids - scanned).sudo().is_missing = True

    def action_inspect(self):
        """Open one decision for all the parts of the box that wait for it."""
        self.ensure_one()
        waiting = self.old_part_ids.filtered(lambda part: part.state == "received")
        return waiting.action_open_inspect()

    def action_print_list(self):
        return self.env.ref(
            "aftersales_parts.aftersales_old_part_return_report"
        ).report_action(self)
