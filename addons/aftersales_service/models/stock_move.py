from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.aftersales_dealer.models.product_template import COST_GROUPS

# What somebody without stock rights states of a part line; the rest is derived.
PART_FIELDS = {
    "product_id",
    "product_uom_qty",
    "product_uom",
    "covered",
    "repair_id",
    "repair_line_type",
    "sequence",
}


class StockMove(models.Model):
    """A part line of a repair record.

    Service people have no stock rights. They may state which part of which repair, how
    many and whether it is covered; the stock work behind it is done for them.
    """

    _inherit = "stock.move"

    price_unit = fields.Float(groups=COST_GROUPS)
    value = fields.Monetary(groups=COST_GROUPS)
    value_manual = fields.Monetary(groups=COST_GROUPS)
    value_justification = fields.Text(groups=COST_GROUPS)
    value_computed_justification = fields.Text(groups=COST_GROUPS)
    standard_price = fields.Float(groups=COST_GROUPS)
    remaining_value = fields.Monetary(groups=COST_GROUPS)
    covered = fields.Boolean(
        compute="_compute_covered",
        store=True,
        readonly=False,
        precompute=True,
        help="Borne by the warranty; otherwise the customer is charged.",
    )

    @api.depends("product_id", "repair_id.card_id", "repair_id.usage")
    def _compute_covered(self):
        for move in self:
            repair = move.repair_id
            if not repair.ticket_id or not move.product_id:
                move.covered = False
            elif repair._is_open():
                move.covered = repair._get_verdict(part=move.product_id).covered

    @api.constrains("covered", "product_id")
    def _check_covered(self):
        parts = self.filtered(
            lambda m: m.repair_line_type == "add" and m.repair_id.ticket_id
        )
        parts.repair_id._ensure_covered(
            parts.filtered(lambda m: m.repair_id._is_open())
        )

    @api.constrains("product_id", "repair_id")
    def _check_part_is_goods(self):
        for move in self.filtered("repair_line_type"):
            if move.product_id.type == "service":
                raise ValidationError(
                    self.env._(
                        "%(product)s is a service and cannot be a part of repair "
                        "%(repair)s. Record work as labour.",
                        product=move.product_id.display_name,
                        repair=move.repair_id.name,
                    )
                )

    @api.model
    def _has_stock_rights(self):
        return self.env.su or self.env.user.has_group("stock.group_stock_user")

    @api.model_create_multi
    def create(self, vals_list):
        if self._has_stock_rights():
            return super().create(vals_list)
        for vals in vals_list:
            self._check_part_vals(vals)
            vals.setdefault("repair_line_type", "add")
            repair = self.env["repair.order"].browse(
                vals.get("repair_id") or self.env.context.get("default_repair_id")
            )
            self._check_part_repair(repair)
            vals["repair_id"] = repair.id
        # sudo: the line was checked; core fills in what only stock people may read
        return super(StockMove, self.sudo()).create(vals_list).sudo(False)

    def write(self, vals):
        if self._has_stock_rights():
            return super().write(vals)
        self._check_part_vals(vals)
        self._check_part_repair(self.repair_id)
        # sudo: see create
        return super(StockMove, self.sudo()).write(vals)

    def unlink(self):
        if self._has_stock_rights():
            return super().unlink()
        self._check_part_repair(self.repair_id)
        # sudo: see create
        return super(StockMove, self.sudo()).unlink()

    @api.model
    def _check_part_vals(self, vals):
        closed = set(vals) - PART_FIELDS
        if closed or vals.get("repair_line_type", "add") != "add":
            raise AccessError(
                self.env._(
                    "You may only add parts to your repairs; %(fields)s cannot be set.",
                    fields=", ".join(sorted(closed)) or "repair_line_type",
                )
            )

    def _check_part_repair(self, repairs):
        """:raises AccessError: a line belongs to no repair that the user may change"""
        self.check_access("write")
        if not repairs or any(not move.repair_id for move in self):
            raise AccessError(
                self.env._("Stock moves are made by stock people or by your repairs.")
            )
        repairs.check_access("write")
        repairs._ensure_lines_editable()
        if repairs.filtered(lambda repair: not repair.ticket_id):
            raise AccessError(
                self.env._("This repair belongs to no case; it is not yours to change.")
            )
