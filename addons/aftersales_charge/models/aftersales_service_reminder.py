from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

DEALER = "aftersales_dealer.group_dealer_user"
SUPPORT = "aftersales_dealer.group_support"


class AftersalesServiceReminder(models.Model):
    """The next service of one machine: when it is due, and who was told.

    Closed by a case of the plan's type, which plans the one after.
    """

    _name = "aftersales.service.reminder"
    _description = "Service reminder"
    _inherit = ["aftersales.dealer.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "due_date, id"
    _rec_names_search = ["lot_id.name", "card_id.name"]

    plan_id = fields.Many2one(
        "aftersales.service.plan", required=True, index=True, ondelete="restrict"
    )
    card_id = fields.Many2one(
        "aftersales.warranty.card", required=True, index=True, ondelete="cascade"
    )
    lot_id = fields.Many2one(
        related="card_id.lot_id", store=True, index=True, string="Serial Number"
    )
    product_id = fields.Many2one(
        related="card_id.product_id", store=True, string="Machine"
    )
    partner_id = fields.Many2one(
        related="card_id.partner_id", store=True, string="Customer"
    )
    dealer_id = fields.Many2one(
        related="card_id.dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(related="card_id.company_id", store=True)
    usage_unit = fields.Selection(related="card_id.usage_unit")
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("cancelled", "Not Wanted")],
        default="planned",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
    )
    due_date = fields.Date(readonly=True, tracking=True, index=True)
    due_usage = fields.Float(
        string="Due at Reading", readonly=True, aggregator=None, tracking=True
    )
    notified_days = fields.Integer(
        string="Last Reminder (days before)",
        readonly=True,
        default=-1,
        aggregator=None,
        help="Lead time of the reminder sent last; -1 before the first.",
    )
    notified_on = fields.Date(string="Reminded on", readonly=True)
    next_notice_date = fields.Date(
        string="Next Reminder on", compute="_compute_next_notice_date", store=True
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Done by Case",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    done_on = fields.Date(readonly=True)

    _planned_uniq = models.UniqueIndex(
        "(card_id, plan_id) WHERE state = 'planned'",
        "The next service of this machine is planned already.",
    )
    _next_notice_idx = models.Index(
        "(next_notice_date) WHERE state = 'planned' AND next_notice_date IS NOT NULL"
    )

    @api.depends("product_id", "lot_id", "due_date")
    def _compute_display_name(self):
        for reminder in self:
            names = (reminder.product_id.display_name, reminder.lot_id.name)
            reminder.display_name = " ".join(name for name in names if name)

    @api.depends("state", "due_date", "notified_days", "plan_id.notice_ids.days")
    def _compute_next_notice_date(self):
        for reminder in self:
            days = reminder._get_next_lead()
            reminder.next_notice_date = (
                reminder.due_date - timedelta(days=days)
                if days is not None and reminder.state == "planned"
                else False
            )

    def _get_next_lead(self):
        """Lead time, in days, of the next reminder; None when there is none."""
        self.ensure_one()
        if not self.due_date:
            return None
        leads = self.plan_id.notice_ids.mapped("days")
        if self.notified_days >= 0:
            leads = [days for days in leads if days < self.notified_days]
        return max(leads, default=None)

    def _get_lead_reached(self, today):
        """The shortest lead time that is reached: longer ones are overtaken."""
        self.ensure_one()
        left = (self.due_date - today).days
        leads = self.plan_id.notice_ids.mapped("days")
        return min((days for days in leads if days >= left), default=None)

    # SENDING

    @api.model
    def _cron_remind(self, batch=500):
        """Tell customers by mail, and their dealers by activity, once per lead time."""
        cron = self.env["ir.cron"]
        domain = [
            ("state", "=", "planned"),
            ("next_notice_date", "<=", fields.Date.context_today(self)),
            ("card_id.state", "=", "active"),
        ]
        due = self.search(domain, limit=batch).try_lock_for_update()
        due._remind()
        cron._commit_progress(len(due), remaining=self.search_count(domain))

    def _remind(self):
        today = fields.Date.context_today(self)
        by_lead = {}
        for reminder in self:
            lead = reminder._get_lead_reached(today) or 0
            by_lead.setdefault(lead, self.browse())
            by_lead[lead] |= reminder
        for lead, reminders in by_lead.items():
            reminders.write({"notified_days": lead, "notified_on": today})
        template = self.env.ref("aftersales_charge.mail_template_service_reminder")
        reachable = self.filtered("partner_id.email")
        if reachable:
            template.send_mail_batch(reachable.ids)
        self._schedule_calls()

    def _schedule_calls(self):
        """An activity for those who look after the machine; one per machine."""
        for user, reminders in self.grouped(lambda r: r._get_caller()).items():
            idle = reminders.filtered(lambda reminder: not reminder.activity_ids)
            if user and idle:
                idle.activity_schedule(
                    "mail.mail_activity_data_call",
                    user_id=user.id,
                    summary=self.env._("Offer the service that is due"),
                )

    def _get_caller(self):
        """Who calls the customer: the dealer's first manager, else his sales rep."""
        self.ensure_one()
        return self.dealer_id._get_managers()[:1] or self.dealer_id.sales_rep_id

    # BUTTONS

    def action_create_case(self):
        """Open a case for the service; it closes the reminder when it is saved."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Case"),
            "res_model": "helpdesk.ticket",
            "views": [(False, "form")],
            "context": {
                "default_case_type_id": self.plan_id.case_type_id.id,
                "default_serial": self.lot_id.name,
                "default_partner_id": self.partner_id.id,
            },
        }

    def action_cancel(self):
        """The customer does not want it.

        :raises UserError: it is closed already
        """
        self.check_access("write")
        for reminder in self:
            if reminder.state != "planned":
                raise UserError(
                    self.env._(
                        "The reminder of %(machine)s is closed already.",
                        machine=reminder.display_name,
                    )
                )
        # sudo: state and dates are closed to direct writes
        self.sudo().state = "cancelled"
        self.activity_unlink(["mail.mail_activity_data_call"])

    def action_open_case(self):
        self.ensure_one()
        return self.ticket_id.get_formview_action()
