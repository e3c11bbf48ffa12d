from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        orders = (self.debit_move_id | self.credit_move_id).move_id._get_parts_orders()
        res = super().unlink()
        orders._update_paid()
        return res
