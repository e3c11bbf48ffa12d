# pylint: disable=consider-merging-classes-inherited
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

REMINDER_PARAMETER = "aftersales_certificate.reminder_days"
DEFAULT_REMINDERS = "60,30,7"


class AftersalesCertificate(models.Model):
    """Reminders before a certificate expires, each of them once."""

    _inherit = "aftersales.certificate"

    @api.model
    def _get_reminder_days(self):
        """Days before expiry on which to remind, ascending."""
        # sudo: system parameters are readable by the system only
        text = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param(REMINDER_PARAMETER, DEFAULT_REMINDERS)
        )
        return sorted({int(part) for part in text.split(",") if part.strip().isdigit()})

    @api.model
    def _get_reminder_domain(self, today=None):
        """Certificates for which a reminder is due and was not sent.

        Between two thresholds the larger one counts, so that a certificate found late
        is reminded of once and not three times.
        """
        today = today or self.env.company._get_local_day()
        windows, earlier = [], -1
        for days in self._get_reminder_days():
            windows.append(
                Domain("valid_to", ">", today + timedelta(days=earlier))
                & Domain("valid_to", "<=", today + timedelta(days=days))
                & (Domain("reminded_days", "=", 0) | Domain("reminded_days", ">", days))
            )
            earlier = days
        return (
            Domain("state", "=", "active")
            & Domain("is_renewed", "=", False)
            & Domain.OR(windows)
        )

    @api.model
    def _cron_remind(self, batch=500):
        """Remind holders and dealers of certificates that expire soon."""
        domain, cron = self._get_reminder_domain(), self.env["ir.cron"]
        certificates = self.search(domain, limit=batch, order="valid_to, id")
        cron._commit_progress(remaining=self.search_count(domain))
        for start in range(0, len(certificates), 100):
            chunk = certificates[start : start + 100].try_lock_for_update()
            chunk._remind()
            if not cron._commit_progress(len(chunk)):
                break

    def _remind(self):
        """Mail the reminder and note for which threshold it was."""
        thresholds = self._get_reminder_days()
        template = self.env.ref("aftersales_certificate.mail_template_expiry")
        template.send_mail_batch(self.ids)
        for certificate in self:
            certificate.reminded_days = next(
                days for days in thresholds if days >= certificate.days_left
            )
