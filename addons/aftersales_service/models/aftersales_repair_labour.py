from odoo import api, fields, models
from odoo.exceptions import AccessError

from .repair_order_signature import SIGNING


class AftersalesRepairLabour(models.Model):
    """An operation done in a repair, with the flat-rate hours paid for it."""

    _name = "aftersales.repair.labour"
    _description = "Repair labour"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "sequence, id"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="repair_id.dealer_id", store=True, precompute=True, default=None
    )
    sequence = fields.Integer(default=10)
    operation_id = fields.Many2one(
        "aftersales.operation", required=True, ondelete="restrict", index=True
    )
    hours = fields.Float(
        compute="_compute_hours",
        store=True,
        readonly=False,
        precompute=True,
        digits=(6, 2),
        help="The operation's flat rate at the time; only the company changes it.",
    )
    covered = fields.Boolean(
        compute="_compute_covered",
        store=True,
        readonly=False,
        precompute=True,
        help="Borne by the warranty; otherwise the customer is charged.",
    )

    _hours_positive = models.Constraint(
        "CHECK (hours > 0)", "The hours of a labour line must be above zero."
    )

    @api.depends("operation_id")
    def _compute_hours(self):
        for line in self:
            line.hours = line.operation_id.hours

    @api.depends("repair_id.card_id", "repair_id.usage")
    def _compute_covered(self):
        for line in self:
            if line.repair_id and line.repair_id._is_open():
                line.covered = line.repair_id._get_verdict().covered

    @api.constrains("covered")
    def _check_covered(self):
        self._get_open_lines().repair_id._ensure_covered(self)

    def _get_open_lines(self):
        return self.filtered(lambda line: line.repair_id._is_open())

    @api.model_create_multi
    def create(self, vals_list):
        self._check_flat_rate({name for vals in vals_list for name in vals})
        lines = super().create(vals_list)
        lines.repair_id._ensure_lines_editable()
        lines._void_stale_signatures(lines.repair_id)
        return lines

    def write(self, vals):
        self._check_flat_rate(vals)
        repairs = self.repair_id
        repairs._ensure_lines_editable()
        result = super().write(vals)
        self._void_stale_signatures(repairs | self.repair_id)
        return result

    def unlink(self):
        repairs = self.repair_id
        result = super().unlink()
        self._void_stale_signatures(repairs)
        return result

    def _void_stale_signatures(self, repairs):
        if repairs and not self.env.context.get(SIGNING):
            repairs._void_stale_signatures()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        self.repair_id._ensure_lines_editable()

    @api.model
    def _check_flat_rate(self, names):
        if "hours" in names and not self.env.su and self.env.user.is_dealer:
            raise AccessError(
                self.env._(
                    "The hours of a labour line are the operation's flat rate. Ask the "
                    "company if the operation needs more."
                )
            )
