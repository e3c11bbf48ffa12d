from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..utils.serial import normalize_serial
from .aftersales_warranty_card import DEAD_STATES


class AftersalesWarrantyCard(models.Model):
    """From the serial number that somebody types to the machine's serial record."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.warranty.card"

    # A serial number that is typed is resolved by us; a link by id is checked below.
    _unfenced_links = frozenset(("lot_id",))

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        self._check_lot_links(vals_list)
        self._resolve_serials(vals_list)
        cards = super().create(vals_list)
        sequences = self.env["ir.sequence"]
        for card in cards.sudo():  # sudo: the number is closed to direct writes
            if card.name == "New":
                card.name = sequences.next_by_code(self._name)
        return cards

    def write(self, vals):
        self._check_lot_links([vals])
        if not {"serial", "product_id", "lot_id"} & vals.keys():
            return super().write(vals)
        for card in self:
            known = {"serial": card.serial, "product_id": card.product_id.id, **vals}
            self._resolve_serials([known], card)
            resolved = {
                name: known[name] for name in ("serial", "product_id", "lot_id")
            }
            super(AftersalesWarrantyCard, card).write({**vals, **resolved})
        return True

    @api.model
    def _check_lot_links(self, vals_list):
        """Refuse a serial record that was linked by id and not by its number."""
        ids = {vals["lot_id"] for vals in vals_list if vals.get("lot_id")}
        self.env["stock.lot"].browse(ids).check_access("read")

    @api.model
    def _resolve_serials(self, vals_list, card=None):
        """Complete ``lot_id``, ``serial`` and ``product_id`` from each other, in place.

        :param card: the card being written, which does not stand in its own way
        :raises UserError: unknown machine, or the serial has a live card already
        """
        # sudo: only the serial's own number and product are read
        lots = self.env["stock.lot"].sudo()
        wanted = []
        for vals in vals_list:
            if vals.get("lot_id"):
                lot = lots.browse(vals["lot_id"])
                vals.update(serial=lot.name, product_id=lot.product_id.id)
            else:
                vals["serial"] = normalize_serial(vals.get("serial"))
                if vals["serial"] and vals.get("product_id"):
                    wanted.append(vals)
        self._check_machines({vals["product_id"] for vals in wanted})
        found = self._find_or_create_lots(
            {(vals["product_id"], vals["serial"]) for vals in wanted}
        )
        for vals in wanted:
            vals["lot_id"] = found[vals["product_id"], vals["serial"]]
        if not card or card.state not in DEAD_STATES:
            lot_ids = [vals["lot_id"] for vals in vals_list if vals.get("lot_id")]
            self._check_no_live_card(lot_ids, card)

    @api.model
    def _check_machines(self, product_ids):
        for product in self.env["product.product"].browse(product_ids):
            if not product.is_machine:
                raise UserError(
                    self.env._(
                        "%(product)s is not a machine that gets a warranty card. "
                        "Choose the machine, or have “Gets a Warranty Card” ticked on "
                        "the product.",
                        product=product.display_name,
                    )
                )

    @api.model
    def _find_or_create_lots(self, pairs):
        """Serial records by (product id, serial), made where unknown.

        Two queries for any number of pairs, and one batch of new records.
        """
        if not pairs:
            return {}
        # sudo: a dealer may register a machine whose serial record he cannot see yet
        lots = self.env["stock.lot"].sudo()
        known = lots.search_fetch(
            Domain("product_id", "in", [product for product, _serial in pairs])
            & Domain("name", "in", [serial for _product, serial in pairs]),
            ["name", "product_id"],
        )
        found = {(lot.product_id.id, lot.name): lot.id for lot in known}
        missing = sorted(pairs - found.keys())
        created = lots.create(
            [{"product_id": product, "name": serial} for product, serial in missing]
        )
        return {**found, **dict(zip(missing, created.ids, strict=True))}

    @api.model
    def _check_no_live_card(self, lot_ids, card=None):
        """Refuse a second live card of a serial number.

        :raises UserError: names the card, unless it is another dealer's
        """
        # sudo: the other card may be another dealer's, who must not become known
        domain = Domain("lot_id", "in", lot_ids) & Domain(
            "state", "not in", DEAD_STATES
        )
        others = self.sudo().search(domain, limit=2) - (card or self.browse()).sudo()
        if not others:
            return
        other = others[0]
        if self.env.user.is_dealer and other.dealer_id != self.env.user.dealer_id:
            raise UserError(
                self.env._(
                    "Serial number %(serial)s is registered already. Check the number "
                    "on the machine's plate; if it is right, ask the company's "
                    "support.",
                    serial=other.serial,
                )
            )
        raise UserError(
            self.env._(
                "Serial number %(serial)s has a live warranty card already: %(card)s. "
                "Open that one, or have it voided first.",
                serial=other.serial,
                card=other.name,
            )
        )
