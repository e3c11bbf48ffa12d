from odoo import api, models


class AftersalesRepairLabour(models.Model):
    """A labour line of work that was checked stays as it was checked."""

    _inherit = "aftersales.repair.labour"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._ensure_not_in_check()
        return records

    def write(self, vals):
        self._ensure_not_in_check()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_check(self):
        self._ensure_not_in_check()

    def _ensure_not_in_check(self):
        if not self.env.su and self.repair_id:
            self.repair_id._ensure_not_in_check()
