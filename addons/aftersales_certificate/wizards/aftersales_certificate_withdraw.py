from odoo import fields, models


class AftersalesCertificateWithdraw(models.TransientModel):
    _name = "aftersales.certificate.withdraw"
    _description = "Withdraw Certificates"

    certificate_ids = fields.Many2many(
        "aftersales.certificate", string="Certificates", required=True, readonly=True
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        self.ensure_one()
        self.certificate_ids._withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
