from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition


class AftersalesPartsReceipt(models.Model):
    """The dealer's word on a delivery: what arrived, what was short, broken or wrong.

    It is made when the company's delivery is done, and confirmed once by the dealer.
    Confirming books the good pieces from the customers' place to the dealer's own;
    what is missing stays on the lines, for a claim on the spot.
    """

    _name = "aftersales.parts.receipt"
    _description = "Parts receipt"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "shipped_on desc, id desc"

    _transitions = {
        "confirm": Transition(
            ("to_receive",), "confirmed", "aftersales_dealer.group_dealer_user"
        ),
        "cancel": Transition(
            ("to_receive",), "cancelled", "aftersales_dealer.group_parts_keeper"
        ),
    }
    _editable_states = ("to_receive",)
    _protected_fields = (
        "name",
        "picking_id",
        "booking_id",
        "confirmed_by",
        "confirmed_on",
    )

    name = fields.Char(required=True, readonly=True, copy=False, default="/")
    dealer_id = fields.Many2one(required=True)
    state = fields.Selection(
        [
            ("to_receive", "To Receive"),
            ("confirmed", "Received"),
            ("cancelled", "Cancelled"),
        ],
        default="to_receive",
        required=True,
        tracking=True,
        index=True,
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Delivery",
        required=True,
        ondelete="restrict",
        index=True,
        readonly=True,
        groups="stock.group_stock_user",
    )
    company_id = fields.Many2one(
        "res.company", related="picking_id.company_id", store=True
    )
    delivery_name = fields.Char(
        related="picking_id.name", store=True, string="Delivery Note"
    )
    origin = fields.Char(
        related="picking_id.origin", store=True, string="Source Document"
    )
    shipped_on = fields.Datetime(
        related="picking_id.date_done", store=True, string="Shipped on", help=""
    )
    booking_id = fields.Many2one(
        "stock.picking",
        readonly=True,
        copy=False,
        groups="stock.group_stock_user",
        help="The internal transfer that put the good pieces into the dealer's place.",
    )
    line_ids = fields.One2many("aftersales.parts.receipt.line", "receipt_id")
    confirmed_by = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    note = fields.Text(help="What the carrier or the box looked like, for a claim.")
    has_discrepancy = fields.Boolean(
        compute="_compute_has_discrepancy", store=True, string="Discrepancy"
    )
    claim_ids = fields.One2many(
        "aftersales.receipt.claim", "receipt_id", string="Complaints"
    )
    claim_count = fields.Integer(compute="_compute_claim_count")
    can_complain = fields.Boolean(compute="_compute_claim_count")
    can_confirm = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _picking_uniq = models.Constraint(
        "UNIQUE (picking_id)", "This delivery has a receipt already."
    )

    @api.depends("line_ids.discrepancy")
    def _compute_has_discrepancy(self):
        for receipt in self:
            receipt.has_discrepancy = any(receipt.line_ids.mapped("discrepancy"))

    @api.depends("claim_ids", "state", "line_ids.discrepancy")
    def _compute_claim_count(self):
        for receipt in self:
            receipt.claim_count = len(receipt.claim_ids)
            receipt.can_complain = receipt.state == "confirmed" and bool(
                receipt._prepare_claims_vals()
            )

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            vals["name"] = sequence.next_by_code("aftersales.parts.receipt") or "/"
        receipts = super().create(vals_list)
        receipts._create_lines()
        return receipts

    def _create_lines(self):
        """One line per product and lot that was shipped."""
        self.env["aftersales.parts.receipt.line"].create(
            [vals for receipt in self for vals in receipt._prepare_lines_vals()]
        )

    def _prepare_lines_vals(self):
        self.ensure_one()
        shipped = {}
        for line in self.picking_id.move_line_ids:
            key = (line.product_id.id, line.lot_id.id)
            shipped[key] = shipped.get(key, 0.0) + line.quantity_product_uom
        return [
            {
                "receipt_id": self.id,
                "product_id": product_id,
                "lot_id": lot_id,
                "shipped": quantity,
            }
            for (product_id, lot_id), quantity in shipped.items()
        ]

    def action_confirm(self):
        """Confirm what arrived and book the good pieces in, once.

        :raises UserError: the receipt is confirmed or cancelled already
        """
        self._transition(
            "confirm",
            {"confirmed_by": self.env.uid, "confirmed_on": fields.Datetime.now()},
        )
        # sudo: the dealer confirmed his own receipt; the stock work follows from it
        for receipt in self.sudo():
            receipt._post_booking()

    def action_complain(self):
        """Complain to the company of all that was short, broken or wrong; once.

        :raises UserError: nothing was, or it is complained of already
        """
        self.ensure_one()
        self.check_access("write")
        vals_list = self._prepare_claims_vals()
        if self.state != "confirmed" or not vals_list:
            raise UserError(
                self.env._(
                    "%(receipt)s has nothing to complain of: confirm it with what was "
                    "short, broken or wrong first. What is on record already is under "
                    "Complaints.",
                    receipt=self.name,
                )
            )
        # sudo: a complaint states what the receipt says; only this makes one
        claims = self.env["aftersales.receipt.claim"].sudo().create(vals_list)
        claims._notify_keepers()
        return self.action_open_claims()

    def _prepare_claims_vals(self):
        """What is not complained of yet, per line and kind."""
        self.ensure_one()
        done = {(claim.line_id.id, claim.kind) for claim in self.claim_ids}
        return [
            {
                "line_id": line.id,
                "kind": kind,
                "quantity": line[kind],
                "note": line.note,
            }
            for line in self.line_ids
            for kind in ("short", "broken", "wrong")
            if line[kind] and (line.id, kind) not in done
        ]

    def action_open_claims(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_receipt_claim_action"
            ),
            "domain": [("receipt_id", "=", self.id)],
            "context": {},
        }

    def action_cancel(self):
        """Withdraw the request: the goods came back before the dealer had them."""
        self._transition("cancel")

    def _post_booking(self):
        """Move the good pieces from where the delivery left them to the dealer."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.received > 0)
        if not lines:
            return
        booking = self.env["stock.picking"].create(self._prepare_booking_vals(lines))
        booking.move_ids.picked = True
        booking.move_ids._action_done()
        wrong = booking.move_ids.filtered(
            lambda move: (
                move.state != "done"
                or move.product_uom.compare(
                    move.quantity, move.receipt_line_id.received
                )
            )
        )
        if wrong:
            raise UserError(
                self.env._(
                    "%(receipt)s: %(product)s could not be booked into %(place)s. "
                    "Ask the parts keeper to look at the delivery.",
                    receipt=self.name,
                    product=wrong[0].product_id.display_name,
                    place=booking.location_dest_id.display_name,
                )
            )
        self.booking_id = booking

    def _prepare_booking_vals(self, lines):
        source = self.picking_id.location_dest_id
        target = self.dealer_id._get_stock_location()
        warehouse = self.picking_id.picking_type_id.warehouse_id
        return {
            "picking_type_id": warehouse.int_type_id.id,
            "partner_id": self.dealer_id.partner_id.id,
            "origin": self.name,
            "location_id": source.id,
            "location_dest_id": target.id,
            "move_ids": [
                Command.create(line._prepare_move_vals(source, target))
                for line in lines
            ],
        }
