from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class AftersalesPartsRequisitionEntry(models.Model):
    """One handing over: what, how many, to or from the technician, by whom, when.

    Entries are facts. They are made together with their stock movement and never
    changed; what was issued wrongly is returned.
    """

    _name = "aftersales.parts.requisition.entry"
    _description = "Parts handed over"
    _order = "id desc"
    _rec_name = "requisition_id"

    line_id = fields.Many2one(
        "aftersales.parts.requisition.line",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    requisition_id = fields.Many2one(
        related="line_id.requisition_id", store=True, index=True
    )
    dealer_id = fields.Many2one(related="line_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True)
    staff_id = fields.Many2one(related="requisition_id.staff_id", store=True)
    kind = fields.Selection(
        [("issue", "Issued"), ("return", "Returned")], required=True, readonly=True
    )
    product_id = fields.Many2one(
        related="line_id.product_id", string="Part", store=True, index=True
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial", readonly=True, ondelete="restrict"
    )
    quantity = fields.Float(
        digits="Product Unit", required=True, readonly=True, help="In the part's unit."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handed Over by",
        readonly=True,
        default=lambda self: self.env.user,
    )
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    move_ids = fields.One2many(
        "stock.move", "requisition_entry_id", groups="stock.group_stock_user"
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "At least one piece is handed over."
    )

    def _prepare_move_vals(self, source, target):
        """Values of the stock movement behind the entry."""
        self.ensure_one()
        places = {"location_id": source.id, "location_dest_id": target.id}
        piece = {
            **places,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "lot_id": self.lot_id.id,
            "quantity": self.quantity,
        }
        return {
            **places,
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": self.quantity,
            "origin": self.requisition_id.name,
            "requisition_entry_id": self.id,
            "move_line_ids": [Command.create(piece)],
        }

    def _ensure_moved(self):
        """:raises UserError: a movement was not made as it stands here"""
        for entry in self:
            moved = entry.move_ids.filtered(lambda move: move.state == "done")
            if entry.product_id.uom_id.compare(
                sum(moved.mapped("quantity")), entry.quantity
            ):
                raise UserError(
                    self.env._(
                        "%(part)s of %(requisition)s could not be moved. Ask the parts "
                        "keeper to look at the stock.",
                        part=entry.product_id.display_name,
                        requisition=entry.requisition_id.name,
                    )
                )
