from odoo import api, fields, models


class AftersalesDealerMixin(models.AbstractModel):
    """A record that belongs to a dealer.

    The record's model needs a *global* record rule on ``dealer_id`` (global rules are
    AND-ed, so that no group can widen them). Here the other half of the fence stands:
    a dealer's user cannot link his record to one he may not read, because a link is
    enough to make a customer or a machine visible.
    """

    _name = "aftersales.dealer.mixin"
    _description = "Record of a dealer"

    dealer_id = fields.Many2one(
        "aftersales.dealer",
        string="Dealer",
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.dealer_id,
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_dealer_links(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_dealer_links([vals])
        return super().write(vals)

    @api.model
    def _check_dealer_links(self, vals_list):
        """Refuse links of a dealer's user to records outside his fence.

        :raises AccessError: names the record rule or access right that refuses
        """
        if self.env.su or not self.env.user.is_dealer:
            return
        for name in {name for vals in vals_list for name in vals}:
            field = self._fields.get(name)
            if field is None or field.type != "many2one":
                continue
            ids = {vals[name] for vals in vals_list if vals.get(name)}
            if ids:
                self.env[field.comodel_name].browse(ids).check_access("read")
