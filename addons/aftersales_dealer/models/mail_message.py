from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    # The thread's first message becomes the parent, also where it is an internal one.
    _unfenced_links = frozenset({"parent_id"})
