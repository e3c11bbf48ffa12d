from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if partner_ids and not self.env.su and self.env.user._is_fenced():
            # core adds followers under sudo, and a follower's name is shown
            self.env["res.partner"].browse(partner_ids).check_access("read")
        return super().message_subscribe(partner_ids, subtype_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        user_ids = [data["uid"] for data in recipients if data.get("uid")]
        # sudo: whether a recipient stands behind the fence is the server's question
        fenced = (
            self.env["res.users"]
            .sudo()
            .browse(user_ids)
            .filtered(lambda user: user._is_fenced())
        )
        if not fenced:
            return recipients
        blind = {
            user.id
            for user in fenced
            # sudo: the message is not the sender's to read yet
            if not message.sudo().filtered_domain(user.dealer_message_domain())
        }
        return [data for data in recipients if data.get("uid") not in blind]
