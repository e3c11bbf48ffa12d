from odoo import api, fields, models
from odoo.exceptions import AccessError


class AftersalesRepairPhoto(models.Model):
    """A picture of the visit, or the empty place where it is wanted."""

    _name = "aftersales.repair.photo"
    _description = "Photo of a repair"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "repair_id, sequence, id"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="repair_id.dealer_id", store=True, precompute=True, default=None
    )
    type_id = fields.Many2one(
        "aftersales.photo.type",
        string="Kind",
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(related="type_id.name")
    hint = fields.Char(related="type_id.hint")
    required = fields.Boolean(related="type_id.required")
    sequence = fields.Integer(
        default=100, help="Place of the kind when it was asked for."
    )
    image = fields.Image(string="Photo", max_width=1920, max_height=1920)
    image_256 = fields.Image(
        string="Thumbnail",
        related="image",
        max_width=256,
        max_height=256,
        store=True,
    )
    has_image = fields.Boolean(compute="_compute_has_image", store=True)
    taken_at = fields.Datetime(readonly=True)
    taken_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    remark = fields.Char()

    @api.depends("image")
    def _compute_has_image(self):
        # the picture itself: its size may have been read before it was written
        for photo in self.with_context(bin_size=False):
            photo.has_image = bool(photo.image)

    @api.model
    def _get_open_fields(self):
        """What the technician writes; the rest follows."""
        return {"image", "type_id", "remark"}

    @api.model_create_multi
    def create(self, vals_list):
        photos = super().create(
            [{**vals, **self._prepare_taken_vals(vals)} for vals in vals_list]
        )
        if not self.env.su:
            photos.repair_id._ensure_lines_editable()
        return photos

    def write(self, vals):
        if not self.env.su:
            self._check_write_allowed(vals)
        return super().write({**vals, **self._prepare_taken_vals(vals)})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        self.repair_id._ensure_lines_editable()

    @api.model
    def _prepare_taken_vals(self, vals):
        """A picture is taken when it arrives, by whoever sends it."""
        if "image" not in vals:
            return {"taken_at": False, "taken_by_id": False} if not self else {}
        taken = bool(vals["image"])
        return {
            "taken_at": taken and fields.Datetime.now(),
            "taken_by_id": taken and self.env.uid,
        }

    def _check_write_allowed(self, vals):
        """:raises AccessError: another field than the picture is written"""
        self.repair_id._ensure_lines_editable()
        closed = set(vals) - self._get_open_fields()
        if closed:
            raise AccessError(
                self.env._(
                    "%(fields)s of a photo cannot be set by hand.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in sorted(closed)
                    ),
                )
            )
