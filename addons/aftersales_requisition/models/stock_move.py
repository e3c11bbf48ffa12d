from odoo import api, fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    requisition_line_id = fields.Many2one(
        "aftersales.parts.requisition.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The issued pieces that this part line of a repair record uses.",
    )
    requisition_id = fields.Many2one(related="requisition_line_id.requisition_id")
    requisition_entry_id = fields.Many2one(
        "aftersales.parts.requisition.entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The handing over that this movement carries out.",
    )

    @api.depends("requisition_line_id")
    def _compute_location_id(self):
        """Issued pieces are taken from the technician's place."""
        res = super()._compute_location_id()
        for move in self.filtered(lambda m: m.requisition_line_id and m.repair_id):
            move.location_id = move.requisition_line_id.requisition_id._get_bag()
        return res

    @api.model_create_multi
    def create(self, vals_list):
        self._link_issued_parts(vals_list)
        return super().create(vals_list)

    @api.model
    def _link_issued_parts(self, vals_list):
        """A part typed on the repair record that was issued for it uses those pieces.

        Only a line that nothing uses yet is linked, so that the quantity is one number
        on both papers.
        """
        wanted = [
            vals
            for vals in vals_list
            if vals.get("repair_id") and not vals.get("requisition_line_id")
        ]
        if not wanted:
            return
        # sudo: which pieces were issued is a fact, whoever types the part
        lines = (
            self.env["aftersales.parts.requisition.line"]
            .sudo()
            .search(
                [
                    (
                        "requisition_id.repair_id",
                        "in",
                        [v["repair_id"] for v in wanted],
                    ),
                    ("requisition_id.state", "=", "issued"),
                    ("unused", ">", 0),
                ]
            )
        )
        free = {
            (line.requisition_id.repair_id.id, line.product_id.id): line.id
            for line in lines
            if not line._get_live_move()
        }
        for vals in wanted:
            if vals.get("repair_line_type", "add") == "add":
                line = free.pop((vals["repair_id"], vals.get("product_id")), False)
                if line:
                    vals["requisition_line_id"] = line

    @api.model
    def _check_part_vals(self, vals):
        # the link is ours: create has just found it
        names = {n: v for n, v in vals.items() if n != "requisition_line_id"}
        return super()._check_part_vals(names)

    @api.constrains("requisition_line_id", "repair_id")
    def _check_requisition_repair(self):
        for move in self.filtered("requisition_line_id"):
            # sudo: see _check_issued
            requisition = move.sudo().requisition_line_id.requisition_id
            if requisition.repair_id != move.repair_id:
                raise UserError(
                    self.env._(
                        "%(requisition)s was issued for another repair record.",
                        requisition=requisition.name,
                    )
                )

    @api.constrains("product_uom_qty", "product_uom", "product_id")
    def _check_issued(self):
        """No more is used of a requisition than was issued and not returned.

        :raises UserError: names the part and what is out
        """
        for move in self.filtered("requisition_line_id"):
            # sudo: the requisition of the same job
            line = move.sudo().requisition_line_id
            if move.product_id != line.product_id:
                raise UserError(
                    self.env._(
                        "%(part)s was issued with %(requisition)s; it cannot become "
                        "another part. Delete the line and add the other part.",
                        part=line.product_id.display_name,
                        requisition=line.requisition_id.name,
                    )
                )
            out = line.issued - line.returned
            if line.product_uom_compare(line.used, out) > 0:
                raise UserError(line._get_use_refusal(line.used))

    def _get_requisition_quantity(self):
        """What this part line uses, or will use, in the part's own unit."""
        self.ensure_one()
        quantity = self.quantity if self.state == "done" else self.product_uom_qty
        return self.product_uom._compute_quantity(
            quantity, self.product_id.uom_id, round=False
        )
