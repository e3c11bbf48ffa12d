from odoo import fields, models


class AftersalesPartsReceiptSign(models.TransientModel):
    """The dealer signs a delivery note, or sends the stamped paper back."""

    _name = "aftersales.parts.receipt.sign"
    _description = "Sign a delivery note"

    receipt_id = fields.Many2one(
        "aftersales.parts.receipt", required=True, ondelete="cascade"
    )
    signed_by = fields.Char(
        string="Name", required=True, default=lambda self: self.env.user.name
    )
    signature = fields.Image(max_width=1024, max_height=1024, attachment=False)
    stamped_note = fields.Binary(
        attachment=False,
        help="Photograph or scan of the signed and stamped paper.",
    )
    stamped_note_name = fields.Char()

    def action_apply(self):
        self.ensure_one()
        self.receipt_id._sign(
            self.signed_by,
            self.signature,
            self.stamped_note,
            self.stamped_note_name,
        )
        return {"type": "ir.actions.act_window_close"}
