from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class AftersalesQualityCheckItem(models.Model):
    """What was looked at in a quality check, and whether it was in order.

    The wording is the plan's at the time, in all its languages.
    """

    _name = "aftersales.quality.check.item"
    _description = "Item of a quality check"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "check_id, sequence, id"

    check_id = fields.Many2one(
        "aftersales.quality.check", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="check_id.dealer_id", store=True, precompute=True, default=None
    )
    sequence = fields.Integer(default=10)
    plan_item_id = fields.Many2one(
        "aftersales.quality.plan.item",
        index="btree_not_null",
        ondelete="set null",
        groups="!aftersales_dealer.group_dealer_user",
    )
    name = fields.Char(string="Item", required=True, translate=True)
    result = fields.Selection(
        selection=[("good", "In Order"), ("bad", "Not in Order"), ("na", "N/A")]
    )
    remark = fields.Char()

    def _copy_wording(self):
        """Take the wording over from the plan, in every language (runs under sudo)."""
        for lang, _label in self.env["res.lang"].get_installed():
            for item in self.with_context(lang=lang):
                if item.name != item.plan_item_id.name:
                    item.name = item.plan_item_id.name

    def write(self, vals):
        if not self.env.su:
            self._check_write_allowed(vals)
        return super().write(vals)

    @api.model
    def _get_open_fields(self):
        return {"result", "remark"}

    def _check_write_allowed(self, vals):
        """:raises AccessError: not the user's check, or another field
        :raises UserError: the check is decided or not open yet"""
        for check in self.check_id:
            if check.state != "open":
                raise UserError(
                    self.env._(
                        "%(check)s is not open; its items stay as they are.",
                        check=check.display_name,
                    )
                )
            if not check._is_checker() or set(vals) - self._get_open_fields():
                raise AccessError(check._get_checker_refusal())

    def action_good(self):
        self.write({"result": "good"})

    def action_bad(self):
        self.write({"result": "bad"})

    def action_na(self):
        self.write({"result": "na"})
