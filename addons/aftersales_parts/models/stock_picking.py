from odoo import api, fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    dealer_id = fields.Many2one(
        "aftersales.dealer",
        compute="_compute_dealer_id",
        store=True,
        index="btree_not_null",
        help="The dealer whom this transfer serves, found by its contact.",
    )
    receipt_ids = fields.One2many(
        "aftersales.parts.receipt", "picking_id", string="Dealer Receipts"
    )

    receipt_state = fields.Selection(
        related="receipt_ids.state", string="Dealer Receipt"
    )

    @api.depends("partner_id.commercial_partner_id")
    def _compute_dealer_id(self):
        # sudo: the fence is built on this field, it must be true for every user
        dealers = self.env["aftersales.dealer"].sudo().with_context(active_test=False)
        found = dealers.search(
            [("partner_id", "in", self.partner_id.commercial_partner_id.ids)]
        )
        by_partner = {dealer.partner_id.id: dealer.id for dealer in found}
        for picking in self:
            partner = picking.partner_id.commercial_partner_id
            picking.dealer_id = by_partner.get(partner.id)

    def _action_done(self):
        res = super()._action_done()
        self._create_dealer_receipts()
        return res

    def _is_dealer_delivery(self):
        """Whether goods left for a dealer, who has to confirm that they arrived."""
        self.ensure_one()
        return (
            self.state == "done"
            and bool(self.dealer_id)
            and self.location_dest_id.usage == "customer"
            and self.location_id.usage != "customer"
        )

    def _create_dealer_receipts(self):
        """Ask the dealers to confirm the deliveries among these transfers."""
        # sudo: the warehouse ships; the receipt belongs to the dealer's side
        deliveries = self.sudo().filtered(
            lambda p: p._is_dealer_delivery() and not p.receipt_ids
        )
        return (
            self.env["aftersales.parts.receipt"]
            .sudo()
            .create(
                [
                    {"picking_id": picking.id, "dealer_id": picking.dealer_id.id}
                    for picking in deliveries
                ]
            )
        )

    def action_open_receipts(self):
        self.ensure_one()
        return self.receipt_ids[:1].get_formview_action()
