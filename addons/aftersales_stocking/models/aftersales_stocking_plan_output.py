from odoo import api, fields, models


class AftersalesStockingPlan(models.Model):
    """Paper, workbook, and the ways from a plan to its figures."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.stocking.plan"

    shortage_ids = fields.One2many(
        "aftersales.stocking.shortage", "plan_id", string="Awaited Parts"
    )
    shortage_count = fields.Integer(
        string="Awaited Parts (Number)", compute="_compute_shortage_count"
    )

    @api.depends("shortage_ids")
    def _compute_shortage_count(self):
        for plan in self:
            plan.shortage_count = len(plan.shortage_ids)

    def action_print(self):
        return self.env.ref(
            "aftersales_stocking.aftersales_stocking_plan_report"
        ).report_action(self)

    def action_export(self):
        """Download the plan as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/aftersales/stocking-plan/{self.id}.xlsx",
            "target": "download",
        }

    def action_open_actual(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_stocking.aftersales_stocking_actual_action"
            ),
            "domain": [("plan_id", "=", self.id)],
            "views": [(False, "list"), (False, "pivot")],
        }

    def action_open_shortages(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_stocking.aftersales_stocking_shortage_action"
            ),
            "domain": [("plan_id", "=", self.id)],
            "context": {},
        }
