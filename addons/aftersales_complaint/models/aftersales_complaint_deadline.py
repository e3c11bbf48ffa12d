from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

END_OF_DAY = time(23, 59, 59)


class AftersalesComplaint(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.complaint"

    response_deadline = fields.Datetime(
        compute="_compute_deadlines",
        store=True,
        help="Receipt, or reopening, and the hours of the class.",
    )
    answer_deadline = fields.Datetime(
        compute="_compute_deadlines",
        store=True,
        help="Receipt, or reopening, and the days of the class.",
    )
    next_deadline = fields.Datetime(
        compute="_compute_next_deadline",
        store=True,
        index=True,
        help="The next moment by which something is due.",
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    response_late = fields.Boolean(
        compute="_compute_response_late",
        store=True,
        help="The first response came after its deadline.",
    )
    reminded_deadline = fields.Datetime(readonly=True, copy=False)

    @api.depends(
        "received_at",
        "reopened_at",
        "class_id.response_hours",
        "class_id.answer_days",
    )
    def _compute_deadlines(self):
        for complaint in self:
            start = complaint.reopened_at or complaint.received_at
            hours = timedelta(hours=complaint.class_id.response_hours)
            days = timedelta(days=complaint.class_id.answer_days)
            complaint.response_deadline = start + hours
            complaint.answer_deadline = start + days

    @api.depends(
        "state",
        "response_deadline",
        "answer_deadline",
        "measure_due",
        "measure_done_on",
    )
    def _compute_next_deadline(self):
        for complaint in self:
            complaint.next_deadline = complaint._get_next_deadline()

    def _get_next_deadline(self):
        self.ensure_one()
        if self.state in ("answered", "closed"):
            return False
        if self.state == "open":
            return self.response_deadline
        due = [self.answer_deadline]
        if self.state == "measure" and self.measure_due and not self.measure_done_on:
            due.append(
                datetime.combine(self.measure_due, time.max.replace(microsecond=0))
            )
        return min(due)

    @api.depends("next_deadline")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for complaint in self:
            deadline = complaint.next_deadline
            complaint.is_overdue = bool(deadline) and deadline < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("next_deadline", "<", fields.Datetime.now())

    @api.depends("responded_at", "response_deadline")
    def _compute_response_late(self):
        for complaint in self:
            at, deadline = complaint.responded_at, complaint.response_deadline
            complaint.response_late = bool(at and deadline and at > deadline)

    @api.model
    def _cron_remind(self):
        """Tell whoever handles a complaint once that a deadline of it has passed."""
        cron = self.env["ir.cron"]
        late = self.search([("is_overdue", "=", True)], order="next_deadline, id")
        late = late.filtered(lambda c: c.reminded_deadline != c.next_deadline)
        cron._commit_progress(remaining=len(late))
        for complaint in late:
            complaint._remind()
            if not cron._commit_progress(1):
                return

    def _remind(self):
        self.ensure_one()
        handler = self.user_id or self.class_id.user_id
        if handler:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Overdue: %(name)s", name=self.display_name),
                user_id=handler.id,
            )
        self.reminded_deadline = self.next_deadline
