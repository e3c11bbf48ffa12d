from collections import defaultdict
from datetime import timedelta

from odoo import api, models

BATCH = 200


class AftersalesFollowupRule(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.followup.rule"

    @api.model
    def _cron_plan(self):
        """Plan what the rules ask for; each batch stands by itself.

        Stopped in the middle it goes on the next time: what is planned is found by its
        key and left alone.
        """
        cron = self.env["ir.cron"]
        work = [(rule, rule._get_sources()) for rule in self.search([])]
        cron._commit_progress(remaining=sum(len(sources) for _rule, sources in work))
        for rule, sources in work:
            for start in range(0, len(sources), BATCH):
                batch = sources[start : start + BATCH]
                rule._plan(batch)
                if not cron._commit_progress(len(batch)):
                    return

    def action_plan(self):
        """Plan now what the cron would plan at its next turn."""
        self.check_access("write")
        planned = self.env["aftersales.followup"]
        for rule in self:
            planned |= rule._plan(rule._get_sources())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if planned else "info",
                "message": self.env._(
                    "%(count)s follow-ups were planned.", count=len(planned)
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _plan(self, sources):
        """Plan the follow-ups of ``sources`` that the rule asks for.

        :return: the new follow-ups
        """
        self.ensure_one()
        asked = [o for o in self._prepare_occasions(sources) if self._is_asked(o)]
        known = self._get_known_keys(asked)
        vals_list = [
            self._prepare_followup_vals(occasion)
            for occasion in asked
            if occasion.key not in known
        ]
        # sudo: a plan is made for every dealer, whoever presses the button
        followups = self.env["aftersales.followup"].sudo()
        return followups.create(self._keep_within_limit(vals_list)).sudo(False)

    def _get_known_keys(self, occasions):
        """The keys for which this rule has planned, also what was cancelled since."""
        rows = self.env["aftersales.followup"].search_fetch(
            [
                ("rule_id", "=", self.id),
                ("occasion", "in", [occasion.key for occasion in occasions]),
            ],
            ["occasion"],
        )
        return set(rows.mapped("occasion"))

    def _prepare_followup_vals(self, occasion):
        """Values of a planned follow-up; extension point."""
        self.ensure_one()
        return {
            **occasion.vals,
            "rule_id": self.id,
            "occasion": occasion.key,
            "sample_note": self._get_sample_note(occasion),
            "planned_on": occasion.day + timedelta(days=self.days_after),
            "channel": self.channel,
            "asker": self.asker,
            "user_id": False,
        }

    def _keep_within_limit(self, vals_list):
        """Drop what would ask a customer too often.

        Counted by planned days, so that the answer does not depend on the day on which
        it is asked.
        """
        self.ensure_one()
        if not self.max_per_customer:
            return vals_list
        subjects = [self.env["aftersales.followup"].new(vals) for vals in vals_list]
        partners = [subject.partner_id._origin.id for subject in subjects]
        days = self._get_asked_days(partners)
        span = timedelta(days=self.customer_days)
        kept = []
        for vals, partner in zip(vals_list, partners, strict=True):
            day = vals["planned_on"]
            near = [other for other in days[partner] if abs(other - day) < span]
            if not partner or len(near) < self.max_per_customer:
                days[partner].append(day)
                kept.append(vals)
        return kept

    def _get_asked_days(self, partners):
        """The planned days of each customer's follow-ups that were not cancelled."""
        # sudo: the limit is the customer's, whichever dealer asks him
        rows = (
            self.env["aftersales.followup"]
            .sudo()
            .search_fetch(
                [
                    ("partner_id", "in", [partner for partner in partners if partner]),
                    ("state", "!=", "cancelled"),
                    ("planned_on", "!=", False),
                ],
                ["partner_id", "planned_on"],
            )
        )
        days = defaultdict(list)
        for row in rows:
            days[row.partner_id.id].append(row.planned_on)
        return days
