from odoo import api, fields, models

DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"


class AftersalesOldPartReminder(models.Model):
    """One reminder that a dealer got of one due date: the proof that it went out."""

    _name = "aftersales.old.part.reminder"
    _description = "Old parts reminder"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "sent_on desc, id desc"
    _rec_name = "due_date"

    dealer_id = fields.Many2one(required=True, readonly=True)
    company_id = fields.Many2one(related="dealer_id.company_id", store=True)
    due_date = fields.Date(required=True, readonly=True)
    days = fields.Integer(
        string="Days Before", readonly=True, help="Which of the reminders this was."
    )
    sent_on = fields.Date(readonly=True, default=fields.Date.context_today)
    old_part_count = fields.Integer(string="Old Parts", readonly=True)

    _once = models.Constraint(
        "UNIQUE (dealer_id, due_date, days)",
        "This dealer was reminded of this due date already.",
    )

    @api.model
    def _cron_remind(self):
        """Remind the dealers of the old parts they still have.

        Of several reminders that are due, after days without this job, only the most
        urgent goes out.
        """
        today = fields.Date.context_today(self)
        for due in self.env["aftersales.old.part.due.date"].search(
            [("active", "=", True)]
        ):
            day = due._get_day_on_or_after(today)
            left = (day - today).days
            stage = next((d for d in due._get_reminder_days() if d >= left), None)
            if stage is not None:
                self._remind(day, stage)

    @api.model
    def _remind(self, day, stage):
        """Send the reminder ``stage`` of one due date to whoever still has parts."""
        groups = self.env["aftersales.old.part"]._read_group(
            [("state", "=", "recovered"), ("due_date", "=", day)],
            ["dealer_id"],
            ["__count"],
        )
        sent = self.search([("due_date", "=", day), ("days", "<=", stage)]).dealer_id
        reminders = self.create(
            [
                {
                    "dealer_id": dealer.id,
                    "due_date": day,
                    "days": stage,
                    "old_part_count": count,
                }
                for dealer, count in groups
                if dealer and dealer not in sent
            ]
        )
        for reminder in reminders:
            reminder._tell_dealer()

    def _tell_dealer(self):
        """A task for each of the dealer's managers, on the dealer's record."""
        self.ensure_one()
        users = self.dealer_id.user_ids.filtered(
            lambda user: user.has_group(DEALER_MANAGER)
        )
        for user in users or self.dealer_id.user_ids[:1]:
            translated = self.with_context(lang=user.lang)
            self.dealer_id.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.due_date,
                user_id=user.id,
                summary=translated.env._(
                    "%(count)s old parts to send back by %(day)s",
                    count=self.old_part_count,
                    day=self.due_date,
                ),
            )
