from odoo import api, fields, models

KEEPER = "aftersales_dealer.group_parts_keeper"


class AftersalesImportJob(models.Model):
    _inherit = "aftersales.import.job"

    kind = fields.Selection(
        selection_add=[("part", "Parts and Prices")], ondelete={"part": "cascade"}
    )

    @api.model
    def _has_transition_groups(self, name):
        """The parts keeper runs jobs, too; record rules show him price lists only."""
        allowed = super()._has_transition_groups(name)
        return allowed or self.env.user.has_group(KEEPER)
