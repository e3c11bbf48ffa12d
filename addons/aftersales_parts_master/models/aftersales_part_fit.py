from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesPartFit(models.Model):
    """A part belongs to a machine, so many pieces of it (适用机型)."""

    _name = "aftersales.part.fit"
    _description = "Part of a machine"
    _order = "machine_id, position, part_id"
    _rec_name = "part_id"

    part_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_machine", "=", False), ("type", "=", "consu")],
    )
    machine_id = fields.Many2one(
        "product.template",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_machine", "=", True)],
    )
    quantity = fields.Float(
        string="Pieces per Machine",
        digits="Product Unit",
        default=1.0,
        required=True,
        help="More than this cannot be used on one machine in one repair. In the "
        "part's own unit.",
    )
    superseded_by_id = fields.Many2one(related="part_id.superseded_by_id")
    position = fields.Char(help="Figure and number in the parts catalogue.")

    _fit_uniq = models.Constraint(
        "UNIQUE (part_id, machine_id)",
        "This part is listed for this machine already; change its quantity.",
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)",
        "A machine has at least one piece of a part that fits it.",
    )

    @api.constrains("part_id", "machine_id")
    def _check_kinds(self):
        for fit in self:
            if not fit.machine_id.is_machine or fit.part_id.is_machine:
                raise ValidationError(
                    self.env._(
                        "%(part)s cannot be a part of %(machine)s: choose a part, and "
                        "a machine that gets a warranty card.",
                        part=fit.part_id.display_name,
                        machine=fit.machine_id.display_name,
                    )
                )
