from odoo import api, fields, models


class AftersalesClaimLine(models.Model):
    """The facts about a position that rules may ask for in their domains."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.claim.line"

    old_part_ids = fields.Many2many(
        "aftersales.old.part",
        string="Old Parts",
        compute="_compute_old_parts",
        compute_sudo=True,
    )
    old_part_status = fields.Selection(
        [
            ("none", "None asked for"),
            ("pending", "Not inspected yet"),
            ("payable", "Company pays"),
            ("partly", "Partly refused"),
            ("refused", "Refused"),
        ],
        string="Old Part",
        compute="_compute_old_parts",
        compute_sudo=True,
    )
    flat_hours = fields.Float(
        string="Flat-rate Hours", compute="_compute_flat_hours", compute_sudo=True
    )
    hours_over = fields.Float(
        string="Hours Above Flat Rate",
        compute="_compute_flat_hours",
        compute_sudo=True,
    )

    @api.depends(
        "move_id",
        "claimed",
        "repair_id.old_part_ids.state",
        "repair_id.old_part_ids.disposition",
        "repair_id.old_part_ids.is_payable",
    )
    def _compute_old_parts(self):
        old_parts = self.env["aftersales.old.part"].search(
            [("move_id", "in", self.move_id.ids)]
        )
        by_move = old_parts.grouped("move_id")
        for line in self:
            line.old_part_ids = by_move.get(line.move_id, old_parts.browse())
            line.old_part_status = line._get_old_part_status(line.old_part_ids)

    def _get_old_part_status(self, pieces):
        """Sum up the inspections of a position's old parts."""
        if not pieces or not self.claimed:
            return "none"
        if pieces.filtered(self._is_old_part_pending):
            return "pending"
        refused = pieces.filtered(self._is_old_part_refused)
        if not refused:
            return "payable"
        return "refused" if refused == pieces else "partly"

    @api.model
    def _is_old_part_pending(self, old_part):
        return old_part.state != "inspected" or old_part.disposition == "disputed"

    @api.model
    def _is_old_part_refused(self, old_part):
        return not self._is_old_part_pending(old_part) and not old_part.is_payable

    @api.depends("labour_id.operation_id.hours", "quantity")
    def _compute_flat_hours(self):
        for line in self:
            operation = line.labour_id.operation_id
            line.flat_hours = operation.hours if operation else 0.0
            over = line.quantity - line.flat_hours if operation else 0.0
            line.hours_over = max(over, 0.0)
