from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date


class AftersalesWarrantyReading(models.Model):
    """One reading of a machine's meter.

    A meter never runs backwards: a falling reading is refused, unless the machine has
    got a new meter. ``total`` is what counts: all meters of the machine together.
    """

    _name = "aftersales.warranty.reading"
    _description = "Usage reading"
    _rec_name = "card_id"
    _order = "date desc, id desc"

    card_id = fields.Many2one(
        "aftersales.warranty.card", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(related="card_id.dealer_id", store=True, index=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    value = fields.Float(string="Meter Shows", required=True)
    offset = fields.Float(
        string="Earlier Meters",
        readonly=True,
        help="What the meters before this one had counted.",
    )
    total = fields.Float(
        string="Total Usage",
        compute="_compute_total",
        store=True,
        help="Usage since the machine was new.",
    )
    usage_unit = fields.Selection(related="card_id.usage_unit")
    source = fields.Selection(
        selection=[
            ("manual", "Entered by Hand"),
            ("repair", "Repair"),
            ("customer", "Customer"),
            ("import", "Import"),
        ],
        required=True,
        default="manual",
    )
    meter_exchanged = fields.Boolean(
        string="New Meter",
        help="The machine has got a new meter; this is the new meter's first reading.",
    )

    _value_valid = models.Constraint(
        "CHECK (value >= 0)", "A meter reading cannot be negative."
    )

    @api.depends("value", "offset")
    def _compute_total(self):
        for reading in self:
            reading.total = reading.value + reading.offset

    @api.model_create_multi
    def create(self, vals_list):
        readings = super().create(
            [{k: v for k, v in vals.items() if k != "offset"} for vals in vals_list]
        )
        readings._set_offsets()
        readings._check_rising()
        return readings

    def write(self, vals):
        result = super().write(vals)
        if {"value", "date", "meter_exchanged", "card_id"} & vals.keys():
            self._set_offsets()
            self._check_rising()
        return result

    def _set_offsets(self):
        """Count on from the meters before, over each card's readings in their order."""
        for card in self.card_id.sudo():  # sudo: readings are append-only for users
            previous = self.sudo().browse()
            for reading in card.reading_ids.sorted(lambda r: (r.date, r.id)):
                offset = previous.offset
                if reading.meter_exchanged:
                    # the new meter need not have started at zero
                    offset = previous.total - reading.value
                if reading.offset != offset:
                    reading.offset = offset
                previous = reading

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for reading in self:
            if reading.date > today:
                raise ValidationError(
                    self.env._(
                        "%(card)s: a reading cannot be taken in the future "
                        "(%(date)s). Correct the date.",
                        card=reading.card_id.display_name,
                        date=format_date(self.env, reading.date),
                    )
                )

    def _check_rising(self):
        """Refuse readings that fall.

        :raises ValidationError: names both readings and the way out
        """
        for card in self.card_id:
            readings = card.reading_ids.sorted(lambda r: (r.date, r.id))
            for before, after in pairwise(readings):
                if after.total < before.total:
                    raise ValidationError(
                        self.env._(
                            "%(card)s: the meter would fall from %(before)s "
                            "(%(date_before)s) to %(after)s (%(date_after)s). Correct "
                            "the reading, or tick “New Meter” if the meter was "
                            "exchanged.",
                            card=card.display_name,
                            before=f"{before.value:g}",
                            date_before=format_date(self.env, before.date),
                            after=f"{after.value:g}",
                            date_after=format_date(self.env, after.date),
                        )
                    )
