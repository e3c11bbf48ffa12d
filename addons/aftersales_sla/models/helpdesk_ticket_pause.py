from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    def action_pause(self, reason=None, note=None):
        """Stop the clocks of these cases; without a reason a dialog asks for it.

        :param reason: an ``aftersales.sla.pause.reason`` or its id
        :raises UserError: a case is settled, paused already or has no clock
        :raises AccessError: the reason is the company's to give
        """
        self.check_access("write")
        self._ensure_can_pause()
        if not reason:
            return self._get_pause_dialog()
        reasons = self.env["aftersales.sla.pause.reason"]
        reason = reasons.browse(getattr(reason, "id", reason))
        self._ensure_may_use(reason)
        # sudo: pauses are written by the buttons only
        self.env["aftersales.sla.pause"].sudo().create(
            [ticket._prepare_pause_vals(reason, note) for ticket in self]
        )
        self._sync_clocks()
        for ticket in self:
            ticket._message_log(
                body=self.env._(
                    "Clocks paused: %(reason)s %(note)s",
                    reason=reason.name,
                    note=note or "",
                )
            )
        return True

    def _prepare_pause_vals(self, reason, note):
        self.ensure_one()
        return {
            "ticket_id": self.id,
            "reason_id": reason.id,
            "note": note,
            "user_id": self.env.uid,
        }

    def _get_pause_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pause Clocks"),
            "res_model": "aftersales.sla.pause.ask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_ids": self.ids},
        }

    def _ensure_can_pause(self):
        for ticket in self:
            if ticket.is_paused:
                reason = ticket.pause_ids.filtered(lambda p: not p.end_at).reason_id
                raise UserError(
                    self.env._(
                        "The clocks of case %(case)s are paused already (%(reason)s). "
                        "Resume them first.",
                        case=ticket.display_name,
                        reason=reason.name,
                    )
                )
            if not ticket.can_pause:
                raise UserError(
                    self.env._(
                        "No clock runs on case %(case)s: it is settled, or nothing was "
                        "promised.",
                        case=ticket.display_name,
                    )
                )

    def _ensure_may_use(self, reason):
        """:raises AccessError: a dealer gives a reason that is the company's"""
        if self.env.user.is_dealer and not reason.dealer_allowed:
            raise AccessError(
                self.env._(
                    "Only the company pauses a case for the reason “%(reason)s”. Ask "
                    "the support, or choose another reason.",
                    reason=reason.name,
                )
            )

    def action_resume(self):
        """Let the clocks run again from now on.

        :raises UserError: a case is not paused
        """
        self.check_access("write")
        for ticket in self:
            if not ticket.is_paused:
                raise UserError(
                    self.env._(
                        "The clocks of case %(case)s are not paused.",
                        case=ticket.display_name,
                    )
                )
        self._end_pauses()
        self._sync_clocks()
        for ticket in self:
            ticket._message_log(body=self.env._("Clocks resumed"))

    def _end_pauses(self):
        # sudo: pauses are written by the buttons only
        lasting = self.sudo().pause_ids.filtered(lambda pause: not pause.end_at)
        lasting.write({"end_at": fields.Datetime.now(), "resumed_by_id": self.env.uid})
        # the next pause is inserted at once, and only one may last
        lasting.flush_recordset(["end_at"])
