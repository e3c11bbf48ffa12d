from odoo import fields, models


class AftersalesOldPartAnswer(models.TransientModel):
    """What the dealer says about a disputed inspection."""

    _name = "aftersales.old.part.answer"
    _description = "Answer a disputed inspection"

    old_part_ids = fields.Many2many("aftersales.old.part", required=True)
    answer = fields.Text(required=True)

    def action_apply(self):
        self.ensure_one()
        self.old_part_ids._answer(self.answer)
        return {"type": "ir.actions.act_window_close"}
