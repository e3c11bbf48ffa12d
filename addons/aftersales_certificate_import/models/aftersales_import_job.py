from odoo import api, fields, models

COORDINATOR = "aftersales_dealer.group_training_coordinator"


class AftersalesImportJob(models.Model):
    _inherit = "aftersales.import.job"

    kind = fields.Selection(
        selection_add=[("certificate", "Certificates")],
        ondelete={"certificate": "cascade"},
    )

    @api.model
    def _has_transition_groups(self, name):
        """The coordinator runs jobs, too; record rules show him certificates only."""
        allowed = super()._has_transition_groups(name)
        return allowed or self.env.user.has_group(COORDINATOR)
