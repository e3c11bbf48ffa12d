from odoo import fields, models


class AftersalesPartClass(models.Model):
    _inherit = "aftersales.part.class"

    return_old_part = fields.Boolean(
        string="Old Part Returned",
        help="The replaced part of a covered repair has to be sent back to us; the "
        "products of this class take it over and may differ.",
    )
