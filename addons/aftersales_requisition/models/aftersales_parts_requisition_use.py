from odoo import models
from odoo.exceptions import UserError


class AftersalesPartsRequisitionLine(models.Model):
    """The same quantity on the requisition and on the repair record."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.requisition.line"

    def _get_live_move(self):
        """The part line of the open repair record that uses these pieces."""
        self.ensure_one()
        return self.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )[:1]

    def _plan_use(self):
        """Put what was issued onto the repair record as used (runs under sudo)."""
        for line in self.filtered("requisition_id.repair_id"):
            if line.product_uom_compare(line.unused, 0.0) > 0:
                line._set_use(line.used + line.unused)

    def _reduce_use(self, pieces):
        """Take off the repair record what comes back (runs under sudo).

        :param dict pieces: (line, lot or False) -> quantity in the part's own unit
        """
        for line in self:
            back = sum(
                quantity
                for (one, _lot), quantity in pieces.items()
                if one.id == line.id
            )
            over = back - line.unused
            if line.product_uom_compare(over, 0.0) > 0:
                line._set_use(line.used - over)

    def _set_use(self, quantity):
        """Write ``quantity`` onto the repair record's part line.

        :raises UserError: there is no open repair record, or not so much was issued
        """
        self.ensure_one()
        if self.product_uom_compare(quantity, self._get_use()) == 0:
            return
        repair = self.requisition_id.repair_id
        self._ensure_use_possible(repair, quantity)
        move = self._get_live_move()
        target = quantity - self.consumed
        if self.product_uom_compare(target, 0.0) <= 0:
            move.unlink()
        elif move:
            move.product_uom_qty = self.product_id.uom_id._compute_quantity(
                target, move.product_uom, round=False
            )
        else:
            self.env["stock.move"].create(
                self.requisition_id._prepare_part_vals(self, target)
            )

    def _ensure_use_possible(self, repair, quantity):
        """:raises UserError: see :meth:`_set_use`"""
        self.ensure_one()
        if not repair or not repair._is_open():
            raise UserError(
                self.env._(
                    "%(requisition)s: use is written down on an open repair record, "
                    "and there is none. Open the repair record of the job first.",
                    requisition=self.requisition_id.name,
                )
            )
        out = self.issued - self.returned
        if self.product_uom_compare(quantity, out) > 0:
            raise UserError(self._get_use_refusal(quantity))
        if self.product_uom_compare(quantity, self.consumed) < 0:
            raise UserError(
                self.env._(
                    "%(part)s: %(consumed)g are in a finished repair already; less "
                    "cannot be used.",
                    part=self.product_id.display_name,
                    consumed=self.consumed,
                )
            )

    def _get_use_refusal(self, quantity):
        self.ensure_one()
        return self.env._(
            "%(part)s: %(quantity)g used, but only %(out)g of %(requisition)s are out. "
            "Correct the quantity, or ask for more.",
            part=self.product_id.display_name,
            quantity=quantity,
            out=self.issued - self.returned,
            requisition=self.requisition_id.name,
        )

    def _get_open_by_lot(self):
        """What is out per lot: issued, not returned, not in a finished repair.

        :return: dict of lot (empty for untracked parts) to quantity, without zeros
        """
        self.ensure_one()
        # sudo: the lots were issued to this technician
        line = self.sudo()
        out = {}
        for entry in line.entry_ids:
            sign = 1 if entry.kind == "issue" else -1
            out[entry.lot_id] = out.get(entry.lot_id, 0.0) + sign * entry.quantity
        done = line.move_ids.filtered(lambda move: move.state == "done")
        for piece in done.move_line_ids:
            out[piece.lot_id] = out.get(piece.lot_id, 0.0) - piece.quantity_product_uom
        return {
            lot: quantity
            for lot, quantity in sorted(out.items(), key=lambda item: item[0].id or 0)
            if self.product_uom_compare(quantity, 0.0) > 0
        }
