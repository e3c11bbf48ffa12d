# pylint: disable=consider-merging-classes-inherited
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

COORDINATOR = "aftersales_dealer.group_training_coordinator"


class AftersalesTrainingSession(models.Model):
    """Some time after a session somebody looks whether it has helped.

    Addons that measure work (repairs) fill in the figures by ``_prepare_effect_vals``.
    """

    _inherit = "aftersales.training.session"

    effect_date = fields.Date(
        string="Effect Review On",
        compute="_compute_effect_date",
        store=True,
        groups=COORDINATOR,
    )
    effect_note = fields.Text(
        groups=COORDINATOR, help="What has changed, and what next."
    )
    effect_reviewed_on = fields.Date(readonly=True, copy=False, groups=COORDINATOR)

    @api.depends("date_end", "course_id.effect_days")
    def _compute_effect_date(self):
        for session in self:
            days = session.course_id.effect_days
            session.effect_date = (
                session.date_end.date() + timedelta(days=days)
                if days and session.date_end
                else False
            )

    @api.model
    def _get_effect_due_domain(self):
        return (
            Domain("state", "=", "done")
            & Domain("effect_date", "<=", fields.Date.context_today(self))
            & Domain("effect_reviewed_on", "=", False)
        )

    @api.model
    def _cron_effect_review(self):
        """Remind the responsible once that the effect of a session can be seen now."""
        activity_type = "aftersales_training.mail_activity_type_effect"
        due = self.search(
            self._get_effect_due_domain()
            & ~Domain(
                "activity_ids.activity_type_id", "=", self.env.ref(activity_type).id
            )
        )
        for session in due:
            session.activity_schedule(
                activity_type,
                date_deadline=session.effect_date,
                user_id=session.responsible_id.id or self.env.uid,
            )

    def action_review_effect(self):
        """Freeze the figures and the coordinator's judgement.

        :raises UserError: too early, or nothing was written down
        """
        for session in self:
            if session.state != "done" or not session.effect_note:
                raise UserError(
                    self.env._(
                        "Finish session %(session)s and write down what has changed "
                        "before you close its effect review.",
                        session=session.display_name,
                    )
                )
            # sudo: the date of the review is closed to direct writes
            session.sudo().write(
                {
                    "effect_reviewed_on": fields.Date.context_today(self),
                    **session._prepare_effect_vals(),
                }
            )
        self.activity_feedback(["aftersales_training.mail_activity_type_effect"])

    def _prepare_effect_vals(self):
        """Extension point: figures of the work before and after the session."""
        self.ensure_one()
        return {}
