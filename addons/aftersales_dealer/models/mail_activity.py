from odoo import models


class MailActivity(models.Model):
    """Activities of the company's people are their own business.

    Core lets whoever may write a document change its activities, also those the rules
    hide; a dealer's user would reach the company's by their id.
    """

    _inherit = "mail.activity"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation == "create" or not self.env.user._is_fenced():
            return result
        domain = self.env.user.dealer_activity_domain()
        # sudo: only to see whose activity it is
        hidden = self - self.sudo().filtered_domain(domain).sudo(False)
        if not hidden:
            return result
        forbidden = hidden | result[0] if result else hidden
        return forbidden, lambda: forbidden._make_access_error(operation)
