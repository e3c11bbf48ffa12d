from odoo import fields, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    fence_message_ids = fields.Many2many(
        "mail.message",
        "message_attachment_rel",
        "attachment_id",
        "message_id",
        string="Messages It Hangs On",
        groups="base.group_system",
        help="An attachment of an internal note is as hidden from dealers as the note.",
    )
