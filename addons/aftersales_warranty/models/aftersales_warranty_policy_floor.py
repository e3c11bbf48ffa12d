from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

# A later event starts the cover later, and so beats an earlier one.
EVENT_ORDER = ("invoice", "delivery", "acceptance", "registration")


class AftersalesWarrantyPolicy(models.Model):
    """The statute's floor: a policy may beat it and may not undercut it."""

    _inherit = "aftersales.warranty.policy"

    @api.constrains(
        "term_ids", "statute_id", "kind_id", "start_event", "stop_clock", "usage_unit"
    )
    def _check_terms(self):
        """Check the terms against themselves and against the statute.

        :raises ValidationError: names the policy, the clause and the number it demands
        """
        for policy in self:
            if len(policy.term_ids.filtered("part_class_id.is_machine")) != 1:
                raise ValidationError(
                    self.env._(
                        "Policy “%(policy)s” needs exactly one term for the whole "
                        "machine. Add it, or remove the second one.",
                        policy=policy.name,
                    )
                )
            if policy.kind_id and policy.kind_id.statute_id != policy.statute_id:
                raise ValidationError(
                    self.env._(
                        "Policy “%(policy)s”: “%(kind)s” is no kind of goods of the "
                        "statute “%(statute)s”. Choose one of its own.",
                        policy=policy.name,
                        kind=policy.kind_id.name,
                        statute=policy.statute_id.name or "-",
                    )
                )
            problems = policy._get_undercuts(verified=True)
            if problems:
                raise ValidationError(
                    self.env._(
                        "Policy “%(policy)s” promises less than the law:\n%(problems)s",
                        policy=policy.name,
                        problems="\n".join(problems),
                    )
                )

    @api.depends("term_ids.months", "term_ids.usage_limit", "kind_id")
    def _compute_floor_warning(self):
        for policy in self:
            problems = policy._get_undercuts(verified=False)
            policy.floor_warning = "\n".join(problems)

    def _get_undercuts(self, verified):
        """Sentences on what lies under the floor of (un)verified periods."""
        self.ensure_one()
        problems = []
        if verified and self.statute_id:
            problems += self._get_rule_undercuts()
        for period in self.kind_id.period_ids:
            if period.track == "repair" and period.verified == verified:
                problems += self._get_period_undercuts(period)
        return problems

    def _get_rule_undercuts(self):
        statute = self.statute_id
        labels = dict(self._fields["start_event"]._description_selection(self.env))
        problems = []
        if EVENT_ORDER.index(self.start_event) < EVENT_ORDER.index(statute.start_event):
            problems.append(
                self.env._(
                    "%(statute)s: the cover starts with “%(required)s”, not with "
                    "“%(event)s”.",
                    statute=statute.name,
                    required=labels[statute.start_event],
                    event=labels[self.start_event],
                )
            )
        if statute.stop_clock and not self.stop_clock:
            problems.append(
                self.env._(
                    "%(statute)s: days in repair do not count; tick “Clock Stops in "
                    "Repair”.",
                    statute=statute.name,
                )
            )
        if statute.restart_on_exchange and not self.restart_on_exchange:
            problems.append(
                self.env._(
                    "%(statute)s: after an exchange the period starts again; tick "
                    "“Restart On Exchange”.",
                    statute=statute.name,
                )
            )
        return problems

    def _get_period_undercuts(self, period):
        """What this policy's term for ``period`` lacks."""
        term = self._get_term(period.part_class_id)
        values = {
            "part": period.part_class_id.name,
            "kind": period.kind_id.name,
            "clause": period.clause,
            "statute": period.statute_id.name,
            "months": term.months or 0,
            "required": period.months,
        }
        problems = []
        if (term.months or 0) < period.months:
            problems.append(
                self.env._(
                    "%(part)s: %(months)s months; %(clause)s of “%(statute)s” demands "
                    "at least %(required)s months for “%(kind)s”.",
                    **values,
                )
            )
        return problems + self._get_usage_undercuts(term, period, values)

    def _get_usage_undercuts(self, term, period, values):
        """What the usage limit of ``term`` takes away from ``period``."""
        if not term.usage_limit:
            return []
        if not period.usage_limit:
            return [
                self.env._(
                    "%(part)s: a usage limit would end the cover early; %(clause)s of "
                    "“%(statute)s” counts time alone for “%(kind)s”. Set it to 0.",
                    **values,
                )
            ]
        same_unit = self.usage_unit == period.usage_unit
        if same_unit and term.usage_limit >= period.usage_limit:
            return []
        units = dict(period._fields["usage_unit"]._description_selection(self.env))
        return [
            self.env._(
                "%(part)s: the usage limit is too low; %(clause)s of “%(statute)s” "
                "demands at least %(limit)s %(unit)s for “%(kind)s”.",
                limit=f"{period.usage_limit:g}",
                unit=units[period.usage_unit],
                **values,
            )
        ]

    def action_fill_from_statute(self):
        """Add a term for each minimum period that has none yet."""
        for policy in self:
            policy.write(policy._prepare_statutory_vals())

    def _prepare_statutory_vals(self):
        """The terms that the statute demands and that this policy has not got."""
        self.ensure_one()
        periods = self.kind_id.period_ids.filtered(
            lambda period: (
                period.track == "repair"
                and period.part_class_id not in self.term_ids.part_class_id
            )
        )
        unit = self.usage_unit or periods.filtered("usage_unit")[:1].usage_unit
        return {
            "usage_unit": unit,
            "term_ids": [
                Command.create(
                    {
                        "part_class_id": period.part_class_id.id,
                        "months": period.months,
                        "usage_limit": period.usage_limit,
                    }
                )
                for period in periods
            ],
        }
