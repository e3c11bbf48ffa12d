from odoo import api, models
from odoo.exceptions import UserError

from ..utils.serial import normalize_serial


class AftersalesWarrantyCard(models.Model):
    _inherit = "aftersales.warranty.card"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        self._check_lot_links(vals_list)
        for vals in vals_list:
            vals.update(self._resolve_serial(vals))
        cards = super().create(vals_list)
        for card in cards.sudo():  # sudo: the number is closed to direct writes
            if card.name == "New":
                card.name = self.env["ir.sequence"].next_by_code(self._name)
        return cards

    def write(self, vals):
        self._check_lot_links([vals])
        if not {"serial", "product_id", "lot_id"} & vals.keys():
            return super().write(vals)
        for card in self:
            known = {"serial": card.serial, "product_id": card.product_id.id, **vals}
            super(AftersalesWarrantyCard, card).write(
                {**vals, **card._resolve_serial(known)}
            )
        return True

    @api.model
    def _check_lot_links(self, vals_list):
        """Refuse a serial record that was linked by id and not by its number."""
        ids = {vals["lot_id"] for vals in vals_list if vals.get("lot_id")}
        self.env["stock.lot"].browse(ids).check_access("read")

    @api.model
    def _check_dealer_links(self, vals_list):
        # a serial number the dealer typed was resolved by us; links by id were checked
        return super()._check_dealer_links(
            [{k: v for k, v in vals.items() if k != "lot_id"} for vals in vals_list]
        )

    @api.model
    def _resolve_serial(self, vals):
        """Complete ``lot_id``, ``serial`` and ``product_id`` from each other."""
        if vals.get("lot_id"):
            # sudo: only the serial's own name and product are read
            lot = self.env["stock.lot"].browse(vals["lot_id"]).sudo()
            return {"serial": lot.name, "product_id": lot.product_id.id}
        serial = normalize_serial(vals.get("serial"))
        product = self.env["product.product"].browse(vals.get("product_id"))
        if not serial or not product:
            return {}
        lot = self._find_or_create_lot(product, serial)
        return {"lot_id": lot.id, "serial": serial}

    @api.model
    def _find_or_create_lot(self, product, serial):
        """The lot of ``product`` with this serial number, made when unknown.

        :raises UserError: the product is no machine
        """
        if not product.is_machine:
            raise UserError(
                self.env._("%(product)s is no machine.", product=product.display_name)
            )
        # sudo: a dealer may register a machine whose serial record he cannot see yet
        lots = self.env["stock.lot"].sudo()
        lot = lots.search(
            [("product_id", "=", product.id), ("name", "=", serial)], limit=1
        )
        return lot or lots.create({"product_id": product.id, "name": serial})
