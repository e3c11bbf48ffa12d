from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesPartSupersession(models.Model):
    """A part number that a new one follows (新旧件号对照)."""

    _name = "aftersales.part.supersession"
    _description = "Part supersession"
    _order = "date desc, id desc"
    _rec_name = "old_id"

    old_id = fields.Many2one(
        "product.product",
        string="Old Part",
        required=True,
        ondelete="cascade",
        domain=[("is_machine", "=", False)],
    )
    new_id = fields.Many2one(
        "product.product",
        string="New Part",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_machine", "=", False)],
    )
    date = fields.Date(string="From", required=True, default=fields.Date.context_today)
    use_up = fields.Boolean(
        string="Use Up the Old",
        default=True,
        help="Pieces of the old number may still be issued; otherwise they are "
        "refused.",
    )
    old_on_hand = fields.Float(
        string="Old on Hand", related="old_id.part_on_hand", related_sudo=False
    )
    note = fields.Char(help="What has to be watched, such as a changed fitting.")

    _old_uniq = models.Constraint(
        "UNIQUE (old_id)",
        "This part is superseded already; change that line, or supersede its new part.",
    )
    _differ = models.Constraint(
        "CHECK (old_id != new_id)", "A part cannot supersede itself."
    )

    @api.constrains("old_id", "new_id")
    def _check_no_circle(self):
        for step in self:
            seen, part = step.old_id, step.new_id
            while part and part not in seen:
                seen |= part
                part = part.superseded_by_id
            if part:
                raise ValidationError(
                    self.env._(
                        "%(old)s cannot be superseded by %(new)s: the numbers would "
                        "lead in a circle (%(chain)s). Delete the line that is wrong.",
                        old=step.old_id.display_name,
                        new=step.new_id.display_name,
                        chain=" → ".join((seen + part).mapped("display_name")),
                    )
                )
