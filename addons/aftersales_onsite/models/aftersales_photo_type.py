from odoo import fields, models


class AftersalesPhotoType(models.Model):
    """A picture that a technician brings from his visit."""

    _name = "aftersales.photo.type"
    _description = "Kind of photo"
    _inherit = ["aftersales.onsite.scope.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    required = fields.Boolean(
        default=True, help="Has to be taken where the case type demands proof."
    )
    hint = fields.Char(translate=True, help="How the picture is to be taken.")

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A kind of photo with this code exists."
    )
