from odoo.fields import Command

from odoo.addons.aftersales_parts.tests.common import SIGNATURE, PartsCommon


class OrderCommon(PartsCommon):
    """Ten pumps at cost 100 that dealer A buys at 180 and dealer B at 190."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "VAT 13 %",
                "amount": 13.0,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
            }
        )
        cls.pump.taxes_id = cls.tax
        cls.oil.taxes_id = cls.tax
        cls.pricelist_a = cls._create_pricelist("A", 180.0)
        cls.pricelist_b = cls._create_pricelist("B", 190.0)
        cls.grade_a, cls.grade_b = cls.env["aftersales.dealer.grade"].create(
            [
                {"name": "First", "code": "T1", "pricelist_id": cls.pricelist_a.id},
                {"name": "Second", "code": "T2", "pricelist_id": cls.pricelist_b.id},
            ]
        )
        cls.dealer_a.grade_id = cls.grade_a
        cls.dealer_b.grade_id = cls.grade_b

    @classmethod
    def _create_pricelist(cls, name, price):
        return cls.env["product.pricelist"].create(
            {
                "name": name,
                "currency_id": cls.company.currency_id.id,
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": cls.pump.id,
                            "compute_price": "fixed",
                            "fixed_price": price,
                        }
                    )
                ],
            }
        )

    @classmethod
    def _create_order(cls, parts=None, user=None, **vals):
        """A draft of dealer A's agent: four pumps unless the test says otherwise.

        :param dict parts: product to quantity
        """
        parts = {cls.pump: 4} if parts is None else parts
        return (
            cls.env["aftersales.parts.order"]
            .with_user(user or cls.user_agent_a)
            .create(
                {
                    "line_ids": [
                        Command.create({"product_id": part.id, "quantity": quantity})
                        for part, quantity in parts.items()
                    ],
                    **vals,
                }
            )
        )

    @classmethod
    def _confirm(cls, order=None, **vals):
        """The order handed in and confirmed by the keeper, as the keeper sees it."""
        order = order or cls._create_order(**vals)
        order.action_submit()
        order = order.with_user(cls.user_keeper)
        order.action_confirm()
        return order

    @classmethod
    def _pay(cls, order, amount=None):
        """Register a payment of the order's invoice, as the accountant."""
        invoice = order.sudo().sale_order_id.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice"
        )
        vals = {} if amount is None else {"amount": amount}
        return (
            cls.env["account.payment.register"]
            .with_user(cls.user_accountant)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(vals)
            ._create_payments()
        )

    @classmethod
    def _get_picking(cls, order):
        """The delivery that is still to be made, as the keeper."""
        pickings = order.sudo().sale_order_id.picking_ids
        return pickings.filtered(lambda p: p.state not in ("done", "cancel")).with_user(
            cls.user_keeper
        )

    @classmethod
    def _ship(cls, order, quantity=None, backorder=True):
        """Validate the delivery as the keeper, of all or of so many pieces a part."""
        picking = cls._get_picking(order)
        picking.action_assign()
        if quantity is not None:
            picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        context = {"skip_backorder": True}
        if not backorder:
            context["picking_ids_not_to_backorder"] = picking.ids
        picking.with_context(**context).button_validate()
        return picking

    @classmethod
    def _sign(cls, order, user=None):
        """Confirm the receipt and sign the note of each delivery, as the agent."""
        for receipt in order.sudo().receipt_ids.with_user(user or cls.user_agent_a):
            if receipt.state == "to_receive":
                receipt.action_confirm()
            if receipt.can_sign:
                cls._apply_sign(receipt, signature=SIGNATURE)

    @classmethod
    def _apply_sign(cls, receipt, **vals):
        action = receipt.action_sign()
        cls.env[action["res_model"]].with_user(receipt.env.user).with_context(
            **action["context"]
        ).create({"signed_by": "Li", **vals}).action_apply()

    def _get_receivable(self, dealer=None):
        """What the dealer owes in the books."""
        partner = (dealer or self.dealer_a).partner_id
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", partner.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_receivable"),
            ]
        )
        return self.company.currency_id.round(sum(lines.mapped("balance")))
