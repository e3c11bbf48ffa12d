from odoo import models
from odoo.exceptions import UserError

# What a checker looked at; signature, stars and papers may still follow.
CHECKED_FIELDS = {"move_ids", "labour_ids", "cause_id", "action_id", "staff_id"}


class RepairOrder(models.Model):
    """Work that was checked stays as it was checked."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "repair.order"

    def write(self, vals):
        if not self.env.su and CHECKED_FIELDS & set(vals):
            self._ensure_not_in_check()
        return super().write(vals)

    def _is_in_quality_check(self):
        """Whether somebody passed the work of the present round."""
        self.ensure_one()
        # sudo: the checks of all levels count
        return "passed" in self.sudo()._get_last_round().mapped("state")

    def _ensure_not_in_check(self):
        """:raises UserError: a repair of these is being checked"""
        for repair in self:
            if repair._is_open() and repair._is_in_quality_check():
                raise UserError(
                    self.env._(
                        "Repair %(repair)s is in its quality check. Press “Take Back "
                        "from Check” to change the work; it is then checked again.",
                        repair=repair.name,
                    )
                )
