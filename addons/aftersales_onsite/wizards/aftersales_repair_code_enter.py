from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesRepairCodeEnter(models.TransientModel):
    """Where the technician enters the code that the customer reads out."""

    _name = "aftersales.repair.code.enter"
    _description = "Enter the customer's code"

    repair_id = fields.Many2one("repair.order", required=True, ondelete="cascade")
    code = fields.Char(string="Code from the Customer", size=12)
    signed_by = fields.Char(string="Name of the Customer")
    message = fields.Char(readonly=True)

    def action_confirm(self):
        """Sign by the code; a wrong one leads back here and says so.

        :raises UserError: code or name is missing, or the repair moved on
        """
        self.ensure_one()
        name = (self.signed_by or "").strip()
        if not name or not (self.code or "").strip():
            raise UserError(
                self.env._("Enter the code and the name of the person who gave it.")
            )
        if self.repair_id._sign_by_code(self.code, name):
            return {"type": "ir.actions.act_window_close"}
        # sudo: codes are closed to those who enter them
        record = self.repair_id.sudo().code_ids[:1]
        self.write(
            {
                "code": False,
                "message": self.env._(
                    "The code is not right. %(state)s", state=record._get_state_text()
                ),
            }
        )
        return self._get_dialog()

    def action_resend(self):
        self.ensure_one()
        return self.repair_id.action_send_code()

    def _get_dialog(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer's Code"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
