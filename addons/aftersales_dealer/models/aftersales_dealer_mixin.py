from odoo import fields, models


class AftersalesDealerMixin(models.AbstractModel):
    """A record that belongs to a dealer.

    The record's model needs a *global* record rule on ``dealer_id`` (global rules are
    AND-ed, so that no group can widen them). What rules cannot hold, links to foreign
    records and giving a record away, the extension of ``base`` refuses.
    """

    _name = "aftersales.dealer.mixin"
    _description = "Record of a dealer"

    dealer_id = fields.Many2one(
        "aftersales.dealer",
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.dealer_id,
    )
