from odoo import models

# The figures a verdict rests on.
NUMBERS = ("proposed", "planned", "approved", "ordered", "received")


class AftersalesStockingShortage(models.Model):
    """Who answers for it that a part was missing, by the plan of that day."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.stocking.shortage"

    def _judge(self):
        """Find the plan of the day and who answers (runs under sudo)."""
        if not self:
            return
        plans = self.env["aftersales.stocking.plan"].search(
            [
                ("dealer_id", "in", self.dealer_id.ids),
                ("date_start", "<=", max(self.mapped("since"))),
                ("date_end", ">=", min(self.mapped("since"))),
            ]
        )
        for shortage in self:
            shortage.write(shortage._prepare_verdict(plans))

    def _prepare_verdict(self, plans):
        """Values of the verdict, with the figures it rests on."""
        self.ensure_one()
        covering = plans.filtered(
            lambda plan: (
                plan.dealer_id == self.dealer_id
                and plan.date_start <= self.since <= plan.date_end
            )
        )
        line = covering.line_ids.filtered(
            lambda line: line.product_id == self.product_id
        )[:1]
        plan = line.plan_id or covering[:1]
        numbers = {name: 0.0 for name in NUMBERS}
        if line:
            numbers = {
                "proposed": line.proposed,
                "planned": line.quantity,
                "approved": line.approved_quantity,
                "ordered": line.ordered,
                "received": line.received,
            }
        return {
            "plan_id": plan.id,
            "plan_line_id": line.id,
            "cause": self._get_cause(plan, line),
            **numbers,
        }

    def _get_cause(self, plan, line):
        """The first of the causes that holds; extension point."""
        if not plan:
            return "no_plan"
        compare = self.product_id.uom_id.compare
        if not line or (compare(line.proposed, 0) <= 0 and not line.quantity):
            return "not_planned"
        return (
            self._get_dealer_cause(plan, line)
            or self._get_company_cause(plan, line)
            or self._get_order_cause(plan, line)
            or "more_used"
        )

    def _get_dealer_cause(self, plan, line):
        """What the dealer did not do before the season; False if he did it all."""
        if plan.refused_on:
            return "refused"
        if not plan.submitted_on:
            return "not_handed_in"
        if plan.state == "proposed":
            return "sent_back"
        if line.is_lowered:
            return "lowered"
        late = plan.submitted_on > plan.due_date
        wanting = line.product_id.uom_id.compare(line.received, line.quantity) < 0
        return "late" if late and wanting else False

    def _get_company_cause(self, plan, line):
        """What the company did not do; False if it did it all."""
        if not plan.approved_on:
            return "not_approved"
        compare = line.product_id.uom_id.compare
        return "cut" if compare(line.approved_quantity, line.quantity) < 0 else False

    def _get_order_cause(self, plan, line):
        """Where the order stands; False when its pieces have arrived."""
        compare = line.product_id.uom_id.compare
        if compare(line.received, line.approved_quantity) >= 0:
            return False
        if compare(line.ordered, line.approved_quantity) < 0:
            return "not_ordered"
        return "not_paid" if plan._is_order_waiting() else "not_delivered"
