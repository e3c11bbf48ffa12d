from odoo import models


class AftersalesOldPart(models.Model):
    _inherit = "aftersales.old.part"

    def _on_inspected(self):
        """The claims that waited for these pieces are decided on."""
        res = super()._on_inspected()
        # sudo: an inspector has no part in claims; they follow from his finding
        claims = (
            self.env["aftersales.claim"].sudo()._get_claims_of_old_parts(self.sudo())
        )
        claims._on_old_parts_inspected(self.sudo())
        return res
