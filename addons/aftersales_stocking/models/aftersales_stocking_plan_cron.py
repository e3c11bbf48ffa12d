from odoo import api, fields, models
from odoo.tools import split_every

BATCH = 50
# How far a plan's reminders have come; each goes out once.
STAGES = (False, "before", "due", "late")


class AftersalesStockingPlan(models.Model):
    """What the days bring by themselves: plans made, reminders, seasons over."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.stocking.plan"

    # LATE

    @api.depends("due_date", "submitted_on", "state", "refused_on")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for plan in self:
            if plan.submitted_on:
                plan.is_late = plan.submitted_on > plan.due_date
            else:
                waits = plan.due_date and not plan.refused_on
                plan.is_late = bool(waits and plan.due_date < today)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return [
            "|",
            "&",
            "&",
            ("submitted_on", "=", False),
            ("refused_on", "=", False),
            ("due_date", "<", today),
            ("id", "in", self._get_handed_in_late()),
        ]

    @api.model
    def _get_handed_in_late(self):
        """Ids of plans that were handed in after their due date; rules apply."""
        handed_in = self.search_fetch(
            [("submitted_on", "!=", False)], ["submitted_on", "due_date"]
        )
        return handed_in.filtered(lambda plan: plan.submitted_on > plan.due_date).ids

    # CREATION

    @api.model
    def _cron_create(self):
        """Make and propose the plans of the coming seasons, one per dealer.

        A dealer who has a plan gets no second one. Each batch is committed by itself.
        """
        today = fields.Date.context_today(self)
        cron = self.env["ir.cron"]
        todo = self._get_missing_plans(today)
        cron._commit_progress(remaining=len(todo))
        for batch in split_every(BATCH, todo, list):
            plans = self.create(batch)
            plans.action_propose()
            if not cron._commit_progress(len(batch)):
                break

    @api.model
    def _get_missing_plans(self, today):
        """Values of the plans that are to be made today."""
        missing = []
        seasons = self.env["aftersales.parts.season"].search(
            [("is_planned", "=", True)]
        )
        for company in self._get_companies():
            dealers = self.env["aftersales.dealer"].search(
                [
                    ("company_id", "=", company.id),
                    ("state", "not in", ("suspended", "terminated")),
                ]
            )
            ahead = company.aftersales_stocking_create_days
            for season in seasons if dealers else ():
                year = season._get_next_year(today)
                start, _end = season._get_occurrence(year)
                if (start - today).days > ahead:
                    continue
                planned = self._get_planned_dealers(season, year)
                missing += [
                    {"dealer_id": dealer.id, "season_id": season.id, "year": year}
                    for dealer in dealers - planned
                ]
        return missing

    @api.model
    def _get_companies(self):
        return self.env["res.company"].search([("active", "=", True)])

    @api.model
    def _get_planned_dealers(self, season, year):
        """Dealers who have a plan for the season of that year."""
        plans = self.search([("season_id", "=", season.id), ("year", "=", year)])
        return plans.dealer_id

    # REMINDERS

    @api.model
    def _cron_remind(self):
        """Remind the dealers of plans that are not handed in, each time once.

        Of several reminders that are due, after days without this job, only the most
        urgent goes out.
        """
        today = fields.Date.context_today(self)
        cron = self.env["ir.cron"]
        todo = self.search(self._get_remind_domain(today))
        cron._commit_progress(remaining=len(todo))
        for plan in todo.try_lock_for_update():
            plan._remind(today)
            if not cron._commit_progress(1):
                break

    @api.model
    def _get_remind_domain(self, today):
        """Plans at their dealers for which a reminder is due and not sent."""
        companies = self._get_companies()
        ahead = max(companies.mapped("aftersales_stocking_remind_days"), default=0)
        waiting = self.search(
            [
                ("state", "=", "proposed"),
                ("due_date", "<=", fields.Date.add(today, days=ahead)),
                "|",
                ("reminder", "=", False),
                ("reminder", "!=", "late"),
            ]
        )
        due = waiting.filtered(
            lambda plan: (
                STAGES.index(plan._get_stage(today)) > STAGES.index(plan.reminder)
            )
        )
        return [("id", "in", due.ids)]

    def _get_stage(self, today):
        """Which reminder this day calls for; False for none."""
        self.ensure_one()
        left = (self.due_date - today).days
        if left < 0:
            return "late"
        if left == 0:
            return "due"
        ahead = self.company_id.aftersales_stocking_remind_days
        return "before" if left <= ahead else False

    def _remind(self, today):
        """Plan the tasks of the reminder that is due, and note that it went out."""
        self.ensure_one()
        stage = self._get_stage(today)
        self.reminder = stage
        self._end_tasks()
        self._plan_task(self._get_dealer_people, stage)
        if stage == "late":
            self._message_log(
                body=self.env._(
                    "Not handed in by %(day)s: the plan is late.", day=self.due_date
                )
            )

    # CLOSING

    @api.model
    def _cron_close(self):
        """Close the plans whose season is over; their figures stay."""
        cron = self.env["ir.cron"]
        over = self.search(
            [
                ("state", "!=", "closed"),
                ("date_end", "<", fields.Date.context_today(self)),
            ]
        )
        cron._commit_progress(remaining=len(over))
        for batch in split_every(BATCH, over.ids, self.browse):
            batch.action_close()
            if not cron._commit_progress(len(batch)):
                break
