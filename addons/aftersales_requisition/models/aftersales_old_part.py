from odoo import fields, models

from odoo.addons.aftersales_parts.models.aftersales_old_part import (
    AftersalesOldPart as Base,
)


class AftersalesOldPart(models.Model):
    _inherit = "aftersales.old.part"

    _protected_fields = (*Base._protected_fields, "handed_in_on", "handed_in_by")

    requisition_id = fields.Many2one(
        related="move_id.requisition_line_id.requisition_id",
        string="Requisition",
        store=True,
        index="btree_not_null",
    )
    handed_in_on = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the old part was handed in at the counter, for the new one issued.",
    )
    handed_in_by = fields.Many2one("res.users", readonly=True, copy=False)
