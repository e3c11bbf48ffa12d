from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesSkillNeed(models.Model):
    """Which skill work on a product family, or on a symptom, calls for."""

    _name = "aftersales.skill.need"
    _description = "Skill need"
    _order = "skill_id, id"
    _rec_name = "skill_id"

    skill_id = fields.Many2one(
        "hr.skill", required=True, index=True, ondelete="restrict"
    )
    categ_ids = fields.Many2many(
        "product.category",
        string="Product Families",
        help="Products of these categories and those below. Empty: all products.",
    )
    fault_ids = fields.Many2many(
        "aftersales.fault",
        string="Symptoms",
        domain=[("kind", "=", "symptom")],
        help="These symptoms and those below. Empty: any symptom.",
    )
    active = fields.Boolean(default=True)

    @api.model
    def _get_skills(self, product, fault):
        """The skills that work on ``product`` with the symptom ``fault`` calls for."""
        families = self._get_ancestors(product.categ_id)
        faults = self._get_ancestors(fault)
        needs = self.search(
            (Domain("categ_ids", "=", False) | Domain("categ_ids", "in", families))
            & (Domain("fault_ids", "=", False) | Domain("fault_ids", "in", faults))
        )
        return needs.skill_id

    @api.model
    def _get_ancestors(self, node):
        return [int(id_) for id_ in (node.parent_path or "").split("/") if id_]
