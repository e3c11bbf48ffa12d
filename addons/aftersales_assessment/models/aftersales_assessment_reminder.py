from odoo import api, fields, models
from odoo.fields import Domain

REMINDER = "aftersales_assessment.mail_activity_type_overdue"


class AftersalesAssessment(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.assessment"

    @api.model
    def _cron_remind(self, batch=200):
        """Remind once of every assessment that is overdue."""
        domain = self._get_overdue_domain() & Domain("reminded_at", "=", False)
        cron = self.env["ir.cron"]
        overdue = self.search(domain, limit=batch, order="due_at, id")
        cron._commit_progress(remaining=self.search_count(domain))
        for assessment in overdue.try_lock_for_update():
            assessment._remind()
            if not cron._commit_progress(1):
                break

    def _remind(self):
        """Put the overdue assessment on the list of whoever has to do it."""
        self.ensure_one()
        user = self.ticket_id.user_id
        if not user and self.dealer_id:
            user = (self.dealer_id._get_managers() or self.dealer_id.user_ids)[:1]
        user = user or self._get_company_user()
        self.reminded_at = fields.Datetime.now()
        if user:
            self.activity_schedule(
                REMINDER,
                user_id=user.id,
                summary=self.env._(
                    "Assess case %(case)s: it is overdue", case=self.ticket_id.number
                ),
            )
