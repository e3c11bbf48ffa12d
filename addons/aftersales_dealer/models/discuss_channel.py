from odoo import models


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _subscribe_users_automatically_get_members(self):
        """Dealers' people are internal users, but in no channel of the house."""
        members = super()._subscribe_users_automatically_get_members()
        partner_ids = {id_ for ids in members.values() for id_ in ids}
        # sudo: whether a new member stands behind the fence is the server's question
        fenced = (
            self.env["res.partner"]
            .sudo()
            .browse(partner_ids)
            .filtered(lambda p: any(user._is_fenced() for user in p.user_ids))
        )
        return {
            channel: [id_ for id_ in ids if id_ not in fenced.ids]
            for channel, ids in members.items()
        }
