from datetime import datetime

from odoo.fields import Command

from odoo.addons.aftersales_parts_stock.tests.common import DealerStockCommon

# Sixty days before the first of June.
NOW = "2026-04-02 08:00:00"


class StockingCommon(DealerStockCommon):
    """Dealer A used 6 pumps last June and 4 in the June before, and has 2.

    The season is June. Tests of this addon freeze the time at :data:`NOW`. A pump's
    price is 200.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.season = cls.env["aftersales.parts.season"].create(
            {"name": "Wheat Harvest", "month_from": "6", "month_to": "6"}
        )
        cls.plans = cls.env["aftersales.stocking.plan"]
        cls._store(cls.pump, 8)
        cls._use(cls.pump, 6, datetime(2025, 6, 10, 8))
        cls._use(cls.pump, 4, datetime(2024, 6, 30, 8))

    @classmethod
    def _store(cls, part, quantity, dealer=None):
        """Put pieces into a dealer's store."""
        place = (dealer or cls.dealer_a).location_id
        cls.env["stock.quant"]._update_available_quantity(part, place, quantity)

    @classmethod
    def _use(cls, part, quantity, moment, serial="H1-0001"):
        """Pieces used in a finished repair of dealer A at that moment."""
        repair = cls._create_repair(serial, parts={part: quantity})
        cls._finish(repair)
        repair.sudo().move_ids.date = moment

    @classmethod
    def _create_plan(cls, user=None, **vals):
        """A proposed plan of dealer A for this June, as his agent sees it."""
        plan = cls.plans.with_user(cls.user_keeper).create(
            {
                "dealer_id": cls.dealer_a.id,
                "season_id": cls.season.id,
                "year": 2026,
                **vals,
            }
        )
        plan.action_propose()
        return plan.with_user(user or cls.user_agent_a)

    @classmethod
    def _submit(cls, plan, quantity=None, reason=None):
        """The agent hands the plan in, with another quantity if one is given."""
        if quantity is not None:
            plan.line_ids.write({"quantity": quantity, "dealer_reason": reason})
        plan.with_user(cls.user_agent_a).action_submit()

    @classmethod
    def _approve(cls, plan, **kwargs):
        cls._submit(plan, **kwargs)
        plan.with_user(cls.user_keeper).action_approve()

    @classmethod
    def _order(cls, plan, **kwargs):
        """From the proposal to the parts order, which is on credit and handed in."""
        cls._approve(plan, **kwargs)
        plan.with_user(cls.user_agent_a).action_order()
        order = plan.sudo().live_order_id
        cls.dealer_a.credit_limit = 1000000
        order.write({"payment_mode": "credit", "state": "ready"})
        return order

    @classmethod
    def _deliver_order(cls, order, quantity, short=0):
        """Ship pieces on the order's core order; the agent receives the good ones."""
        sale = cls.env["sale.order"].create(
            {
                "partner_id": order.dealer_id.partner_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": order.line_ids.product_id.id,
                            "product_uom_qty": quantity,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.sale_order_id = sale
        sale.action_confirm()
        picking = sale.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        receipt = picking.receipt_ids.with_user(cls.user_agent_a)
        if short:
            receipt.line_ids.short = short
        receipt.action_confirm()

    @classmethod
    def _give_reason(cls, action, user, reason):
        """Fill the dialog that a button opened."""
        wizard = (
            cls.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create({"reason": reason})
        )
        wizard.action_apply()

    @classmethod
    def _refuse(cls, plan, reason="No room"):
        user = cls.user_manager_a
        action = plan.with_user(user).action_refuse()
        cls._give_reason(action, user, reason)

    def _run_cron(self, name):
        """Run one of the scheduled jobs as the server does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"aftersales_stocking.ir_cron_{name}").method_direct_trigger()
        self.env.invalidate_all()
