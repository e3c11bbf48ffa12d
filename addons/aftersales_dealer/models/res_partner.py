from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    dealer_id = fields.Many2one(
        "aftersales.dealer",
        string="Registered by Dealer",
        index="btree_not_null",
        ondelete="restrict",
        default=lambda self: self.env.user.dealer_id,
        help="The dealer who brought this customer; his users may see and edit it.",
    )

    def _init_column(self, column_name):
        # Contacts that are there before the addon is installed were registered by no
        # dealer; the default would ask a column of the users that comes later.
        if column_name == "dealer_id":
            return None
        return super()._init_column(column_name)

    # What the company notes about a dealer is for its own people.
    comment = fields.Html(groups="!aftersales_dealer.group_dealer_user")

    @api.model
    def _check_fenced_links(self, vals_list):
        result = super()._check_fenced_links(vals_list)
        # A new address under a company changes where its papers and parcels go.
        parent_ids = {vals["parent_id"] for vals in vals_list if vals.get("parent_id")}
        self.browse(parent_ids).check_access("write")
        return result
