from odoo import api, fields, models


class AftersalesWarrantyExchange(models.TransientModel):
    """Asks which machine the customer got in exchange."""

    _name = "aftersales.warranty.exchange"
    _description = "Exchange of a machine"

    card_id = fields.Many2one("aftersales.warranty.card", required=True, readonly=True)
    product_id = fields.Many2one(
        "product.product",
        string="New Machine",
        required=True,
        compute="_compute_product_id",
        store=True,
        readonly=False,
        precompute=True,
        domain=[("is_machine", "=", True)],
    )
    serial = fields.Char(string="New Serial Number", required=True)
    date = fields.Date(
        string="Exchanged on", required=True, default=fields.Date.context_today
    )
    reason = fields.Char(required=True)
    restart_on_exchange = fields.Boolean(
        related="card_id.policy_id.restart_on_exchange"
    )

    @api.depends("card_id")
    def _compute_product_id(self):
        for wizard in self:
            wizard.product_id = wizard.card_id.product_id

    def action_apply(self):
        """Exchange the machine and open the new card."""
        self.ensure_one()
        new = self.card_id._exchange(
            self.product_id, self.serial, self.date, self.reason
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": new._name,
            "res_id": new.id,
            "views": [(False, "form")],
        }
