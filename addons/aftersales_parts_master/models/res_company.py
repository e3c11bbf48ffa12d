from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_abc_share_a = fields.Float(
        string="Class A up to (%)",
        default=80.0,
        help="Share of the value issued in twelve months. 80 and 95 percent are the "
        "usual borders of an ABC analysis.",
    )
    aftersales_abc_share_b = fields.Float(string="Class B up to (%)", default=95.0)

    _aftersales_abc_shares = models.Constraint(
        "CHECK (aftersales_abc_share_a > 0 AND aftersales_abc_share_b <= 100"
        " AND aftersales_abc_share_a < aftersales_abc_share_b)",
        "The borders of the ABC classes rise from above 0 to 100 percent, A before B.",
    )
