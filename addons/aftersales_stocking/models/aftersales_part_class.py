from odoo import fields, models


class AftersalesPartClass(models.Model):
    _inherit = "aftersales.part.class"

    is_stocked = fields.Boolean(
        string="Dealers Stock It",
        help="Parts of this class are proposed in the stocking plans: what a dealer "
        "needs in the season to serve in warranty, and what wears.",
    )
