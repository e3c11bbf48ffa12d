from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AftersalesFollowup(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.followup"

    # ANSWERED

    def action_finish(self):
        """Take down what the customer said on the phone.

        :raises UserError: names what is missing
        :raises ValidationError: who asks carried out the repair
        """
        self._ensure_can("finish")
        for followup in self:
            followup._ensure_may_ask(self.env.user)
            followup._ensure_answered()
        self._finish({"user_id": self.env.uid, "channel": "phone"})
        return self._get_next_call()

    def _ensure_answered(self):
        """:raises UserError: the score is missing, or the reason of a bad one"""
        self.ensure_one()
        if not self.score:
            raise UserError(
                self.env._(
                    "%(followup)s: give the customer's overall score, or press “Not "
                    "Reached”.",
                    followup=self.display_name,
                )
            )
        limit = self.company_id.aftersales_bad_score
        if int(self.score) <= limit and not self._has_reason():
            raise UserError(
                self.env._(
                    "%(followup)s: choose or write down why the customer is "
                    "dissatisfied.",
                    followup=self.display_name,
                )
            )

    def _finish(self, vals):
        """Note that the customer has answered; what follows from a bad score.

        :param dict vals: how and by whom he was asked
        """
        now = fields.Datetime.now()
        self._transition(
            "finish", {"reached": True, "asked_on": now, "next_attempt": False, **vals}
        )
        self.filtered("is_bad")._on_bad_score()

    def _on_bad_score(self):
        """Extension point: what follows when customers are dissatisfied.

        Called once on the follow-ups when they are answered, as who took the answer.
        """

    # NOT REACHED

    def action_not_reached(self):
        """Count a call in vain: try again later, or give up after the last attempt."""
        self._ensure_can("miss")
        for followup in self:
            followup._ensure_may_ask(self.env.user)
            followup._note_missed_call()
        return self._get_next_call()

    def _note_missed_call(self):
        self.ensure_one()
        self._ensure_can("miss")
        company = self.company_id
        # sudo: attempts are closed to direct writes; the right was checked above
        locked = self.sudo()
        locked._lock_for_transition()
        locked.invalidate_recordset(["attempt_count"])
        attempts = locked.attempt_count + 1
        now = fields.Datetime.now()
        if attempts >= company.aftersales_call_attempts:
            self._transition(
                "miss",
                {
                    "attempt_count": attempts,
                    "next_attempt": False,
                    "asked_on": now,
                    "user_id": self.env.uid,
                },
            )
            return
        wait = timedelta(hours=company.aftersales_retry_hours)
        self._ensure_can("miss")
        locked.write({"attempt_count": attempts, "next_attempt": now + wait})
        self._message_log(
            body=self.env._("Attempt %(count)s: not reached.", count=attempts)
        )

    # CANCELLED, AGAIN

    def action_cancel(self):
        self._ensure_can("cancel")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel Follow-up"),
            "res_model": "aftersales.followup.cancel",
            "view_mode": "form",
            "target": "new",
            "context": {"default_followup_ids": self.ids},
        }

    def _cancel(self, reason):
        self._transition("cancel", {"cancel_reason": reason, "next_attempt": False})

    def action_retry(self):
        """Plan again for today what was given up.

        :raises UserError: what the customer would be asked about is not over
        """
        for followup in self:
            if not followup._is_ready():
                raise UserError(
                    self.env._(
                        "%(followup)s: case %(case)s is being worked on again. Ask "
                        "after it is closed.",
                        followup=followup.display_name,
                        case=followup.ticket_id.display_name,
                    )
                )
        self._transition(
            "retry",
            {
                "planned_on": fields.Date.context_today(self),
                "attempt_count": 0,
                "asked_on": False,
                "user_id": False,
                "cancel_reason": False,
                "sent_on": False,
                "link_until": False,
            },
        )

    # TO CALL TODAY

    @api.model
    def _get_queue_domain(self):
        """What is to be called today; extension point."""
        return (
            Domain("state", "=", "planned")
            & Domain("channel", "=", "phone")
            & Domain("planned_on", "<=", "today")
            & (
                Domain("next_attempt", "=", False)
                | Domain("next_attempt", "<=", fields.Datetime.now())
            )
        )

    def _get_next_call(self):
        """Where to go from a call: to the next one, when one comes from the queue."""
        asker = self.env.context.get("followup_queue")
        if not asker or len(self) != 1:
            return None
        queue = self._get_queue_domain() & Domain("asker", "=", asker)
        follower = self.search(queue, order="planned_on, id", limit=1)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"aftersales_followup.aftersales_followup_action_queue_{asker}"
        )
        if follower:
            form = [(False, "form")]
            action.update({"res_id": follower.id, "views": form, "view_mode": "form"})
        return {**action, "target": "main"}

    def action_open_ticket(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": self.ticket_id.id,
            "view_mode": "form",
        }
