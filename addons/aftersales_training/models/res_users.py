from odoo import api, models
from odoo.exceptions import ValidationError


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.constrains("dealer_id", "group_ids")
    def _check_examiner_side(self):
        """A dealer marks nobody, and least of all his own people."""
        for user in self.filtered("dealer_id"):
            if user._holds_any("aftersales_training.group_examiner"):
                raise ValidationError(
                    self.env._(
                        "User %(user)s belongs to dealer %(dealer)s and cannot be an "
                        "examiner. Remove the role or the dealer.",
                        user=user.login,
                        dealer=user.dealer_id.display_name,
                    )
                )
