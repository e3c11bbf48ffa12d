from odoo import api, fields, models
from odoo.exceptions import UserError

from .aftersales_sla_target import TARGETS


class HelpdeskTicket(models.Model):
    """Where a case stands against what it was promised."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    clock_ids = fields.One2many(
        "aftersales.sla.clock", "ticket_id", string="Clocks", readonly=True
    )
    pause_ids = fields.One2many(
        "aftersales.sla.pause", "ticket_id", string="Pauses", readonly=True
    )
    is_paused = fields.Boolean(
        string="Paused", compute="_compute_is_paused", store=True
    )
    next_deadline = fields.Datetime(
        compute="_compute_sla",
        store=True,
        index="btree_not_null",
        help="The earliest promise that is still waited for.",
    )
    next_target = fields.Selection(
        selection=TARGETS, compute="_compute_sla", store=True
    )
    sla_state = fields.Selection(
        selection=[
            ("late", "Late"),
            ("at_risk", "At risk"),
            ("on_track", "On track"),
            ("paused", "Paused"),
        ],
        string="Clock",
        compute="_compute_sla",
        store=True,
        index="btree_not_null",
        help="At risk: a warning was given. Empty: nothing is waited for.",
    )
    restored_at = fields.Datetime(copy=False, readonly=True)
    restoration = fields.Char(
        copy=False,
        help="How the customer can work again: the workaround, or the serial number "
        "of the loaner.",
    )
    reopened_at = fields.Datetime(copy=False, readonly=True)
    can_restore = fields.Boolean(compute="_compute_can_act_on_clocks")
    can_pause = fields.Boolean(compute="_compute_can_act_on_clocks")
    can_resume = fields.Boolean(compute="_compute_can_act_on_clocks")

    @api.depends("pause_ids.end_at")
    def _compute_is_paused(self):
        for ticket in self:
            ticket.is_paused = any(not pause.end_at for pause in ticket.pause_ids)

    @api.depends(
        "is_paused",
        "clock_ids.is_open",
        "clock_ids.state",
        "clock_ids.deadline",
        "clock_ids.warned",
    )
    def _compute_sla(self):
        for ticket in self:
            waiting = ticket.clock_ids.filtered("is_open")
            timed = waiting.filtered("deadline").sorted("deadline")
            first = timed[:0] if ticket.is_paused else timed[:1]
            ticket.next_deadline = first.deadline
            ticket.next_target = first.target
            ticket.sla_state = ticket._get_sla_state(waiting)

    def _get_sla_state(self, waiting):
        """:param waiting: the clocks of the case that are still open"""
        if not waiting:
            return False
        if self.is_paused:
            return "paused"
        if "missed" in waiting.mapped("state"):
            return "late"
        return "at_risk" if any(waiting.mapped("warned")) else "on_track"

    @api.depends("closed", "resolved_at", "restored_at", "is_paused", "sla_state")
    def _compute_can_act_on_clocks(self):
        for ticket in self:
            is_open = not ticket.closed and not ticket.resolved_at
            ticket.can_restore = is_open and not ticket.restored_at
            ticket.can_pause = (
                is_open and not ticket.is_paused and bool(ticket.sla_state)
            )
            ticket.can_resume = ticket.is_paused

    def action_restore(self):
        """State that the customer can work again, before the fault is cured.

        :raises UserError: the case is settled, or nothing says how
        """
        self.check_access("write")
        for ticket in self:
            if not ticket.can_restore:
                raise UserError(
                    self.env._(
                        "Case %(case)s is settled, or its customer can work again "
                        "already.",
                        case=ticket.display_name,
                    )
                )
            if not (ticket.restoration or "").strip():
                raise UserError(
                    self.env._(
                        "Write down on case %(case)s under “Clocks” how the customer "
                        "can work again: the workaround, or the serial number of the "
                        "loaner.",
                        case=ticket.display_name,
                    )
                )
        self._stamp("restored_at")
