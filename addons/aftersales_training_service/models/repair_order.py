from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html_escape

CASE_AUTHORS = "aftersales_dealer.group_support,aftersales_dealer.group_quality"


class RepairOrder(models.Model):
    _inherit = "repair.order"

    def action_create_training_case(self):
        """Make a training case of a finished repair; names and numbers stay out.

        Only what catalogues say goes in: faults, operations, products. Free text of the
        record may name people and does not.

        Support and quality propose it; the training coordinator completes and publishes
        the draft.

        :raises AccessError: a dealer, or another role
        :raises UserError: the repair is not finished
        """
        self.ensure_one()
        if not self.env.user.has_groups(CASE_AUTHORS):
            raise AccessError(
                self.env._(
                    "Training cases are made by support and quality. Tell one of them "
                    "about this repair."
                )
            )
        self.check_access("read")
        if self.state != "done":
            raise UserError(
                self.env._("Finish repair %(repair)s first.", repair=self.display_name)
            )
        # sudo: drafts of cases are the coordinator's; the role was checked above
        Case = self.env["aftersales.training.case"].sudo()
        case = Case.create(self._prepare_training_case_vals()).sudo(False)
        if case.has_access("read"):
            return case.get_formview_action()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The training coordinator finds it as a draft in the case library."
                ),
            },
        }

    def _prepare_training_case_vals(self):
        self.ensure_one()
        parts = self.move_ids.filtered(lambda m: m.repair_line_type == "add").product_id
        done = [
            self.action_id.name,
            *self.labour_ids.operation_id.mapped("name"),
            *parts.mapped("name"),
        ]
        symptom = self.symptom_id.name or self.product_id.categ_id.name
        return {
            "name": symptom or self.env._("Repair"),
            "kind": "good" if self.first_time_fix else "bad",
            "categ_id": self.product_id.categ_id.id,
            "situation": self._get_case_list([symptom]),
            "cause": self._get_case_list([self.cause_id.name]),
            "action": self._get_case_list(done),
        }

    @api.model
    def _get_case_list(self, names):
        items = (Markup("<li>%s</li>") % html_escape(name) for name in names if name)
        return Markup("<ul>%s</ul>") % Markup().join(items)
