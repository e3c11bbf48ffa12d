from odoo import api, models
from odoo.exceptions import ValidationError


class StockMove(models.Model):
    _inherit = "stock.move"

    @api.constrains("product_id", "product_uom_qty", "product_uom", "repair_id")
    def _check_part_fits(self):
        """A repair record takes only parts that its machine has.

        :raises ValidationError: names the repair, the part and what to do
        """
        # sudo: the machine may have been sold by another dealer; what fits is no secret
        repairs = self.filtered(lambda m: m.repair_line_type == "add").sudo().repair_id
        for repair in repairs.filtered(lambda r: r.ticket_id and r._is_open()):
            parts = repair.move_ids.filtered(
                lambda m: m.repair_line_type == "add" and m.state != "cancel"
            )
            for part, moves in parts.grouped("product_id").items():
                quantity = sum(moves.mapped("product_qty"))
                blockers = part._get_part_blockers(repair.product_id, quantity)
                if blockers:
                    raise ValidationError(
                        self.env._(
                            "Repair %(repair)s: %(why)s",
                            repair=repair.name,
                            why=" ".join(blockers),
                        )
                    )
