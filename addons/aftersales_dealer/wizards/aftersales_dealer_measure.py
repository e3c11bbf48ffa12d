from odoo import api, fields, models


class AftersalesDealerMeasure(models.TransientModel):
    """Asks why a dealer is warned, suspended or reinstated, before it is done."""

    _name = "aftersales.dealer.measure"
    _description = "Measure against a dealer"

    dealer_ids = fields.Many2many("aftersales.dealer", string="Dealers", required=True)
    measure = fields.Selection(
        selection=[
            ("warn", "Warn"),
            ("restrict", "Restrict"),
            ("suspend", "Suspend"),
            ("reinstate", "Reinstate"),
            ("terminate", "Terminate"),
        ],
        required=True,
    )
    consequence = fields.Char(compute="_compute_consequence")
    reason = fields.Text(
        required=True, help="The dealer reads it, and his managers get it by e-mail."
    )

    @api.depends("measure")
    def _compute_consequence(self):
        texts = {
            "warn": self.env._(
                "The dealer works on; the warning stands on his record."
            ),
            "restrict": self.env._("The dealer works on and is served with reserve."),
            "suspend": self.env._("The dealer cannot open new cards, cases or claims."),
            "reinstate": self.env._("The dealer works as before."),
            "terminate": self.env._(
                "The dealer cannot open new work, and this cannot be taken back."
            ),
        }
        for wizard in self:
            wizard.consequence = texts.get(wizard.measure)

    def action_confirm(self):
        self.ensure_one()
        self.dealer_ids._take_measure(self.measure, self.reason)
        return {"type": "ir.actions.act_window_close"}
