from odoo import fields, models


class AftersalesChecklist(models.Model):
    """What a technician confirms of his visit, by kind of case and product."""

    _name = "aftersales.checklist"
    _description = "Checklist of a visit"
    _inherit = ["aftersales.onsite.scope.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    item_ids = fields.One2many("aftersales.checklist.item", "checklist_id", copy=True)
    item_count = fields.Integer(compute="_compute_item_count")

    def _compute_item_count(self):
        groups = self.env["aftersales.checklist.item"]._read_group(
            [("checklist_id", "in", self.ids)], ["checklist_id"], ["__count"]
        )
        counts = {checklist.id: count for checklist, count in groups}
        for checklist in self:
            checklist.item_count = counts.get(checklist.id, 0)
