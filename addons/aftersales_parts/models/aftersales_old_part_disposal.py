from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class AftersalesOldPart(models.Model):
    """Where a decided piece goes: good store, waste, supplier.

    Only a usable piece becomes stock: the keeper takes it in, at the value he states
    (docs/adr, "Old parts are tags"). Waste and supplier's returns are facts on the tag.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.old.part"

    def _is_disposable(self):
        self.ensure_one()
        return self.disposition in ("usable", "scrap", "supplier") and (
            not self.disposed_on
        )

    def action_dispose(self):
        """Open the dialog that brings decided pieces where they belong."""
        self._ensure_disposable()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_old_part_dispose_action"
            ),
            "context": {"default_old_part_ids": self.ids},
        }

    def _ensure_disposable(self):
        """:raises UserError: a piece is not decided, disputed, or gone already"""
        self._ensure_can("dispose")
        for tag in self:
            if not tag._is_disposable():
                raise UserError(
                    self.env._(
                        "%(tag)s is disputed or has left the inspection already.",
                        tag=tag.name,
                    )
                )

    def _dispose(self, note, unit_value=0.0):
        """Take usable pieces into stock, note where the others went; once each.

        :param float unit_value: value of one usable piece, in the company's currency
        :raises UserError: see :meth:`_ensure_disposable`
        """
        self._ensure_disposable()
        self._transition(
            "dispose",
            {
                "disposed_on": fields.Datetime.now(),
                "disposed_by": self.env.uid,
                "disposal_note": note,
            },
        )
        self.invalidate_recordset(["disposed_on", "stock_move_id"])
        usable = self.filtered(lambda tag: tag.disposition == "usable")
        # sudo: the keeper's right was checked; stock and value follow from it
        usable.sudo()._take_into_stock(unit_value)

    def _take_into_stock(self, unit_value):
        """One movement per piece from the customers into the good store."""
        if not self:
            return
        moves = self.env["stock.move"].create(
            [tag._prepare_take_in_vals() for tag in self]
        )
        for tag, move in zip(self, moves, strict=True):
            tag.write({"stock_move_id": move.id, "unit_value": unit_value})
        moves.picked = True
        moves._action_done()
        for move in moves:
            move.value_manual = unit_value

    def _prepare_take_in_vals(self):
        self.ensure_one()
        if self.product_id.tracking != "none" and not self.old_serial:
            raise UserError(
                self.env._(
                    "%(tag)s: %(part)s is tracked. Enter the serial number of the old "
                    "part on its tag first.",
                    tag=self.name,
                    part=self.product_id.display_name,
                )
            )
        places = {
            "location_id": self.env.ref("stock.stock_location_customers").id,
            "location_dest_id": self._get_good_store().id,
        }
        piece = {
            **places,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": 1.0,
        }
        if self.product_id.tracking != "none":
            piece["lot_id"] = self._get_own_lot().id
        return {
            **places,
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_uom_qty": 1.0,
            "origin": self.name,
            "move_line_ids": [Command.create(piece)],
        }

    def _get_own_lot(self):
        """The serial number of the old part itself, made when it is unknown to us."""
        self.ensure_one()
        vals = {"name": self.old_serial, "product_id": self.product_id.id}
        lots = self.env["stock.lot"]
        found = lots.search([(name, "=", value) for name, value in vals.items()])
        return found[:1] or lots.create(vals)

    def _get_good_store(self):
        """The company's place for usable old parts; the main stock without one."""
        self.ensure_one()
        company = self.company_id
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        return company.aftersales_good_location_id or warehouse.lot_stock_id
