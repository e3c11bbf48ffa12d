from odoo import fields, models
from odoo.fields import Domain

ACTIVITY = "aftersales_sla.mail_activity_type_clock"


class AftersalesSlaNotice(models.Model):
    """That a rung of the ladder was taken for a clock: when, and who was told.

    One row per clock and rung, kept by the database: nobody is told twice.
    """

    _name = "aftersales.sla.notice"
    _description = "Notice of a clock"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "id desc"
    _rec_name = "escalation_id"

    clock_id = fields.Many2one(
        "aftersales.sla.clock", required=True, index=True, ondelete="cascade"
    )
    ticket_id = fields.Many2one(
        related="clock_id.ticket_id", store=True, precompute=True, index=True
    )
    dealer_id = fields.Many2one(
        related="clock_id.dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(
        related="clock_id.company_id", store=True, precompute=True
    )
    escalation_id = fields.Many2one(
        "aftersales.sla.escalation", string="Rung", required=True, ondelete="restrict"
    )
    sent_at = fields.Datetime(required=True, default=fields.Datetime.now)
    # a dealer is not told who of the company was
    user_ids = fields.Many2many(
        "res.users",
        string="Told",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
    )

    _rung_uniq = models.UniqueIndex(
        "(clock_id, escalation_id)", "This rung was taken for this clock."
    )

    def _send(self):
        """Plan the activities and mail what the rungs say."""
        self.filtered("escalation_id.by_activity")._plan_activities()
        mailed = self.filtered(lambda notice: notice.escalation_id.by_mail)
        mailed = mailed.filtered(lambda notice: notice._get_mail_partners())
        if mailed:
            template = self.env.ref("aftersales_sla.mail_template_notice")
            template.send_mail_batch(mailed.ids)

    def _plan_activities(self):
        """One activity for each person and case: the latest rung replaces earlier."""
        latest = {
            (notice.ticket_id.id, user.id): (notice, user)
            for notice in self.sorted("id")
            for user in notice.user_ids
        }
        if not latest:
            return
        activities = self.env["mail.activity"]
        earlier = activities.search(
            Domain("res_model", "=", "helpdesk.ticket")
            & Domain("res_id", "in", self.ticket_id.ids)
            & Domain("activity_type_id", "=", self.env.ref(ACTIVITY).id)
            & Domain("automated", "=", True)
        )
        earlier.filtered(lambda a: (a.res_id, a.user_id.id) in latest).unlink()
        # the rung says whether there is a mail; the activity sends none of its own
        activities.with_context(mail_activity_quick_update=True).create(
            [notice._prepare_activity_vals(user) for notice, user in latest.values()]
        )

    def _prepare_activity_vals(self, user):
        self.ensure_one()
        notice = self.with_context(lang=user.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
            "res_id": self.ticket_id.id,
            "activity_type_id": self.env.ref(ACTIVITY).id,
            "automated": True,
            "summary": notice._get_subject(),
            "date_deadline": fields.Date.context_today(
                self.with_context(tz=user.tz or "UTC")
            ),
            "user_id": user.id,
        }

    def _get_subject(self):
        """What has happened, in the language of the environment."""
        self.ensure_one()
        targets = self.clock_id._fields["target"]._description_selection(self.env)
        return self.env._(
            "%(rung)s (%(target)s)",
            rung=self.escalation_id.name,
            target=dict(targets)[self.clock_id.target],
        )

    def _get_mail_partners(self):
        return self.user_ids.partner_id.filtered("email")

    def _get_mail_lang(self):
        return self.user_ids[:1].lang or self.env.lang

    def _get_case_url(self):
        base = self.ticket_id.get_base_url()
        return f"{base}/odoo/cases/{self.ticket_id.id}"
