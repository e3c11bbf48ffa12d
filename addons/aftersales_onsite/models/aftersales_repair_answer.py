from odoo import api, fields, models
from odoo.exceptions import AccessError


class AftersalesRepairAnswer(models.Model):
    """What the technician answers to one check of a repair's visit."""

    _name = "aftersales.repair.answer"
    _description = "Answer to a check"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "repair_id, sequence, id"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="repair_id.dealer_id", store=True, precompute=True, default=None
    )
    item_id = fields.Many2one(
        "aftersales.checklist.item",
        string="Check",
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(related="item_id.name", string="Question")
    required = fields.Boolean(related="item_id.required")
    sequence = fields.Integer(
        default=10, help="Place of the check when it was asked for."
    )
    answer = fields.Selection(
        selection=[("yes", "Yes"), ("no", "No"), ("na", "Not applicable")]
    )
    remark = fields.Char(help="Why not, where the answer is No.")
    answered_at = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    _item_uniq = models.UniqueIndex(
        "(repair_id, item_id)", "This check is asked once per repair."
    )

    @api.model
    def _get_open_fields(self):
        """What the technician writes; the rest follows."""
        return {"answer", "remark"}

    def write(self, vals):
        if not self.env.su:
            self._check_write_allowed(vals)
        if "answer" in vals:
            given = bool(vals["answer"])
            vals = {
                **vals,
                "answered_at": given and fields.Datetime.now(),
                "answered_by_id": given and self.env.uid,
            }
        return super().write(vals)

    def _check_write_allowed(self, vals):
        """:raises AccessError: another field than the answer is written"""
        self.repair_id._ensure_lines_editable()
        closed = set(vals) - self._get_open_fields()
        if closed:
            raise AccessError(
                self.env._(
                    "Answer the check with yes, no or not applicable; nothing else of "
                    "it is yours to change."
                )
            )

    def action_yes(self):
        self.write({"answer": "yes"})

    def action_na(self):
        self.write({"answer": "na"})

    def action_no(self):
        """Note the refusal and ask why."""
        self.ensure_one()
        self.write({"answer": "no"})
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
