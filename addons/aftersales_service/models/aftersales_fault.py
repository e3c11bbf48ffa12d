from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesFault(models.Model):
    """An entry of the fault catalogue: a symptom, a cause or an action.

    What the customer sees, why it happened and what was done are three trees of one
    catalogue, so that repairs can be counted by any of them.
    """

    _name = "aftersales.fault"
    _description = "Fault catalogue entry"
    _parent_store = True
    _order = "kind, code, id"
    _rec_names_search = ["code", "name"]

    name = fields.Char(required=True, translate=True)
    display_name = fields.Char(recursive=True)
    code = fields.Char(required=True)
    kind = fields.Selection(
        selection=[("symptom", "Symptom"), ("cause", "Cause"), ("action", "Action")],
        required=True,
        default="symptom",
    )
    parent_id = fields.Many2one(
        "aftersales.fault",
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', kind)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("aftersales.fault", "parent_id", string="Sub-entries")
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Offered for these products; empty means for all of them.",
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE (kind, code)", "This code is used already for the same kind."
    )

    @api.depends("name", "parent_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for fault in self:
            parent = fault.parent_id.display_name
            fault.display_name = f"{parent} / {fault.name}" if parent else fault.name

    @api.constrains("parent_id", "kind")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A fault catalogue entry cannot be its own parent.")
            )
        for fault in self:
            if fault.parent_id and fault.parent_id.kind != fault.kind:
                raise ValidationError(
                    self.env._(
                        "%(fault)s and its parent %(parent)s are of different kinds. "
                        "Choose a parent of the same kind.",
                        fault=fault.name,
                        parent=fault.parent_id.name,
                    )
                )
