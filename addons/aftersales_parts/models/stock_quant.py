from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class StockQuant(models.Model):
    """A dealer's stock never goes below zero, not even with two users at once."""

    _inherit = "stock.quant"

    dealer_id = fields.Many2one(
        related="location_id.dealer_id", store=True, index="btree_not_null"
    )

    @api.model
    def _update_available_quantity(
        self, product_id, location_id, quantity=False, *args, **kwargs
    ):
        # sudo: whether the place is a dealer's decides, whoever moves the goods
        dealer = location_id.sudo().dealer_id
        taking = bool(dealer) and product_id.uom_id.compare(quantity or 0.0, 0.0) < 0
        if taking:
            self._lock_quants(product_id, location_id)
            self._check_enough(product_id, location_id, -quantity, kwargs.get("lot_id"))
        return super()._update_available_quantity(
            product_id, location_id, quantity, *args, **kwargs
        )

    @api.model
    def _lock_quants(self, product, location):
        """Wait until nobody else moves this part at this place.

        Core skips locked rows and writes a negative one beside them. Here the second
        of two users waits for the first; when the first took the part, PostgreSQL
        reports the concurrent update and the request is run again on fresh numbers.
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT id FROM stock_quant
                    WHERE product_id = %s AND location_id = %s
                 ORDER BY id FOR UPDATE""",
                product.id,
                location.id,
            )
        )

    @api.model
    def _check_enough(self, product, location, quantity, lot):
        """Refuse to take more than lies there.

        :param float quantity: in the product's own unit
        :raises UserError: names the part, the lot, the place and what is on hand
        """
        # sudo: all pieces at the place count, also those a role cannot read
        domain = [
            ("product_id", "=", product.id),
            ("location_id", "=", location.id),
        ]
        if lot:
            domain.append(("lot_id", "=", lot.id))
        [(on_hand,)] = self.sudo()._read_group(domain, [], ["quantity:sum"])
        if product.uom_id.compare(on_hand or 0.0, quantity) >= 0:
            return
        raise UserError(
            self.env._(
                "Not enough of %(product)s%(lot)s at %(place)s: %(on_hand)g on hand, "
                "%(wanted)g %(unit)s wanted. Confirm the receipt of a delivery or "
                "reduce the quantity.",
                product=product.display_name,
                lot=f" ({lot.name})" if lot else "",
                place=location.sudo().display_name,
                on_hand=on_hand or 0.0,
                wanted=quantity,
                unit=product.uom_id.name,
            )
        )

    def action_open_ledger(self):
        """Show how this part came to this place and left it."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_parts_ledger_action"
            ),
            "domain": [
                ("product_id", "=", self.product_id.id),
                ("location_id", "=", self.location_id.id),
            ],
            "context": {},
        }
