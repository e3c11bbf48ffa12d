from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesDispatch(models.Model):
    """A job that nobody answers is urged once, and its dispatcher told."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.dispatch"

    urged_at = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _get_protected_fields(self):
        return (*super()._get_protected_fields(), "urged_at")

    def _prepare_send_vals(self):
        return {**super()._prepare_send_vals(), "urged_at": False}

    @api.model
    def _get_unanswered_domain(self):
        """Domain of the jobs to urge now, each company by its own patience."""
        now = fields.Datetime.now()
        late = Domain.FALSE
        for company in self.env["res.company"].search(
            [("aftersales_answer_minutes", ">", 0)]
        ):
            patience = timedelta(minutes=company.aftersales_answer_minutes)
            late |= Domain("company_id", "=", company.id) & Domain(
                "sent_at", "<=", now - patience
            )
        return late & Domain("state", "=", "sent") & Domain("urged_at", "=", False)

    @api.model
    def _cron_urge(self, limit=100):
        """Urge what was sent and not answered; each job once per sending."""
        domain = self._get_unanswered_domain()
        jobs = self.search(domain, limit=limit, order="sent_at")
        jobs.try_lock_for_update()._urge()
        self.env["ir.cron"]._commit_progress(
            len(jobs), remaining=self.search_count(domain)
        )

    def _urge(self):
        """Remind the technician, and give the dispatcher something to do."""
        self.urged_at = fields.Datetime.now()
        for job in self:
            staff = job.staff_id
            own = job.with_context(lang=staff.partner_id.lang)
            own.message_notify(
                partner_ids=staff.partner_id.ids,
                subject=own.env._("Please answer job %s", job.name),
                body=own.env._(
                    "Job %(job)s waits for your answer since %(moment)s. Accept it or "
                    "refuse it.",
                    job=job.display_name,
                    moment=job._format_moment(job.sent_at),
                ),
            )
            if job.sent_by_id.active:
                job._plan_call(job.sent_by_id)

    def _plan_call(self, user):
        self.ensure_one()
        own = self.with_context(lang=user.lang)
        own.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=own.env._(
                "%(staff)s has not answered job %(job)s: call, or re-dispatch",
                staff=self.staff_id.name,
                job=self.name,
            ),
        )
