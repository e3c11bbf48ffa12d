from odoo import api, fields, models
from odoo.exceptions import ValidationError

PROMISE_ACTIVITY = "aftersales_service.mail_activity_type_promise"


class HelpdeskTicket(models.Model):
    """Who cannot be answered at once is told when: the promise is chased."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    promised_at = fields.Datetime(
        string="Reply Promised for",
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="When the customer was told that he will hear from us. Whoever works on "
        "the case is reminded.",
    )
    needs_answer = fields.Boolean(related="case_type_id.needs_answer")

    @api.constrains("promised_at")
    def _check_promised_at(self):
        now = fields.Datetime.now()
        for ticket in self:
            if ticket.promised_at and ticket.promised_at < now:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: a reply cannot be promised for a time that is "
                        "past. Choose a later time, or press “Answered”.",
                        case=ticket.display_name,
                    )
                )

    def _plan_promised_reply(self):
        """Keep one reminder per promise that is neither kept nor withdrawn."""
        for ticket in self:
            if ticket.promised_at and not ticket.replied_at:
                ticket._schedule_promised_reply()
            else:
                ticket._get_promise_activities().unlink()

    def _schedule_promised_reply(self):
        self.ensure_one()
        moment = fields.Datetime.context_timestamp(self, self.promised_at)
        vals = {
            "date_deadline": moment.date(),
            "user_id": (self.user_id or self.env.user).id,
            "summary": self.env._(
                "Reply promised for %(time)s", time=moment.strftime("%Y-%m-%d %H:%M")
            ),
        }
        activity = self._get_promise_activities()[:1]
        if activity:
            activity.write(vals)
        else:
            self.activity_schedule(PROMISE_ACTIVITY, **vals)

    def _keep_promised_reply(self):
        """The customer was answered: the reminder is done."""
        for ticket in self:
            activities = ticket._get_promise_activities()
            if activities:
                activities.action_feedback()

    def _get_promise_activities(self):
        """The reminders of these cases' promises, whosever they are."""
        # sudo: the reminder may be a colleague's
        return self.sudo().activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(PROMISE_ACTIVITY)
        )
