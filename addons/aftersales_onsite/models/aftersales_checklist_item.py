from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesChecklistItem(models.Model):
    """One question of a checklist.

    Once answered its wording stays: an answer belongs to the question as it was asked.
    """

    _name = "aftersales.checklist.item"
    _description = "Check of a visit"
    _order = "checklist_id, sequence, id"

    checklist_id = fields.Many2one(
        "aftersales.checklist", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char(string="Check", required=True, translate=True)
    required = fields.Boolean(
        default=True, help="Has to be answered where the case type demands proof."
    )
    answer_ids = fields.One2many("aftersales.repair.answer", "item_id")

    def write(self, vals):
        if "name" in vals:
            self._ensure_not_answered(vals["name"])
        return super().write(vals)

    def _ensure_not_answered(self, name):
        """:raises UserError: names the check that was answered already"""
        changed = self.filtered(lambda item: item.name != name)
        # sudo: whoever answered it
        answered = (
            self.env["aftersales.repair.answer"]
            .sudo()
            .search([("item_id", "in", changed.ids), ("answer", "!=", False)], limit=1)
        )
        if answered:
            raise UserError(
                self.env._(
                    "“%(check)s” was answered already and keeps its wording. Archive "
                    "it and add a new check.",
                    check=answered.item_id.name,
                )
            )
