from odoo import api, fields, models


class AftersalesDispatchStamp(models.Model):
    """When and where a technician came to or left a customer.

    Stamps are facts: the check-in and check-out of a job write them, nobody edits them.
    Where the device does not tell its place, the stamp says why.
    """

    _name = "aftersales.dispatch.stamp"
    _description = "Check-in or check-out of a visit"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "moment desc, id desc"

    dispatch_id = fields.Many2one(
        "aftersales.dispatch",
        string="Job",
        required=True,
        index=True,
        ondelete="cascade",
    )
    dealer_id = fields.Many2one(
        related="dispatch_id.dealer_id", store=True, precompute=True, default=None
    )
    staff_id = fields.Many2one(
        related="dispatch_id.staff_id",
        string="Technician",
        store=True,
        precompute=True,
        index=True,
    )
    kind = fields.Selection(
        selection=[("in", "Check-in"), ("out", "Check-out")], required=True
    )
    moment = fields.Datetime(string="Time", required=True, index=True)
    latitude = fields.Float(
        digits=(9, 6), aggregator=None, help="Degrees, north positive (WGS 84)."
    )
    longitude = fields.Float(
        digits=(9, 6), aggregator=None, help="Degrees, east positive (WGS 84)."
    )
    accuracy = fields.Float(
        string="Accuracy (m)",
        digits=(10, 1),
        aggregator=None,
        help="The device was within this many metres of the place, as it says itself.",
    )
    is_placed = fields.Boolean(string="Place Known")
    unplaced_reason = fields.Selection(
        selection=[
            ("denied", "Permission refused on the device"),
            ("unavailable", "Device cannot tell its place"),
            ("timeout", "No place found in time"),
            ("unsupported", "Browser gives no place"),
        ],
        string="Place Unknown Because",
    )
    place = fields.Char(compute="_compute_place")

    _place_or_reason = models.Constraint(
        "CHECK (is_placed = (unplaced_reason IS NULL))",
        "A check-in states its place or why that is unknown.",
    )

    @api.depends("is_placed", "latitude", "longitude", "accuracy", "unplaced_reason")
    @api.depends_context("lang")
    def _compute_place(self):
        labels = dict(self._fields["unplaced_reason"]._description_selection(self.env))
        for stamp in self:
            if stamp.is_placed:
                stamp.place = self.env._(
                    "%(latitude)s, %(longitude)s (± %(accuracy)s m)",
                    latitude=f"{stamp.latitude:.5f}",
                    longitude=f"{stamp.longitude:.5f}",
                    accuracy=f"{stamp.accuracy:.0f}",
                )
            else:
                stamp.place = self.env._(
                    "Place unknown: %(reason)s",
                    reason=labels.get(stamp.unplaced_reason, ""),
                )
