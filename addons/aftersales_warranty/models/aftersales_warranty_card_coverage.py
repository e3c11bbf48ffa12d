from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..utils.coverage import NO_COVER, Situation, Verdict, assess, cover_end

START_DATE_FIELDS = {
    "delivery": "delivery_date",
    "acceptance": "acceptance_date",
    "registration": "returned_on",
}


class AftersalesWarrantyCard(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.warranty.card"

    # Not the policy's own months: a card keeps the promise of the day it was sold. A
    # policy that cards stand on is closed to changes, see the policy's new version.
    @api.depends(
        "policy_id",
        "sale_date",
        "delivery_date",
        "acceptance_date",
        "returned_on",
        "replaces_id",
        "exchange_date",
        "stop_ids.date_from",
        "stop_ids.date_to",
    )
    def _compute_period(self):
        for card in self:
            card.start_date = card._get_start_date()
            card.end_date = False
            card.stopped_days = 0
            machine = card.policy_id._get_machine_term()
            if card.start_date and machine.months:
                closed = [stop for stop in card._get_stops() if stop[1]]
                card.end_date, card.stopped_days = cover_end(
                    card.start_date, machine.months, closed
                )

    def _get_start_date(self):
        """The first day of cover, by the policy's start event.

        As long as the event's own date is unknown, the invoice counts. A card that
        replaces another starts with the exchange, or goes on with the old period.
        """
        self.ensure_one()
        if self.replaces_id and not self.policy_id.restart_on_exchange:
            return self.replaces_id.start_date
        if self.replaces_id:
            return self.exchange_date
        event = START_DATE_FIELDS.get(self.policy_id.start_event)
        return (event and self[event]) or self.sale_date

    def _get_stops(self):
        """The stopped intervals that extend this card's cover, as pairs of dates."""
        self.ensure_one()
        if not self.policy_id.stop_clock:
            return ()
        stops = tuple((s.date_from, s.date_to or None) for s in self.stop_ids)
        if self.replaces_id and not self.policy_id.restart_on_exchange:
            stops += self.replaces_id._get_stops()
        return stops

    def coverage_verdict(self, part=None, on_date=None, usage=None):
        """Say whether a repair is covered, at which shares, and why.

        :param part: ``product.product``, ``aftersales.part.class`` or None for the
            machine as a whole
        :param on_date: the day of the fault's report; default today
        :param usage: meter reading on that day, in the policy's unit; default the last
            reading on or before that day
        :return: :class:`~..utils.coverage.Verdict`; on an empty recordset the verdict
            "no card"
        """
        return self._coverage_verdicts([(self, part, on_date, usage)])[0]

    @api.model
    def _coverage_verdicts(self, questions):
        """Batch form of :meth:`coverage_verdict`: no query per question.

        :param questions: list of (card, part, on_date, usage)
        :return: list of verdicts in the same order
        """
        today = fields.Date.context_today(self)
        ids = tuple({card.id for card, *_rest in questions if card})
        return [
            card.with_prefetch(ids)._get_verdict(part, on_date or today, usage)
            for card, part, on_date, usage in questions
        ]

    def _get_verdict(self, part, on_date, usage):
        term = self.policy_id._get_term(part)
        situation = self._get_situation(term, on_date, usage)
        covered, findings = assess(situation)
        cover = situation.cover if covered else NO_COVER
        return Verdict(
            covered,
            cover.parts_share,
            cover.labour_share,
            cover.travel_share,
            covered and self.reimbursable,
            self._describe_findings(findings, term, part),
        )

    def _get_situation(self, term, on_date, usage):
        """The facts a verdict depends on; extension point."""
        if not self:
            return Situation("none", on_date)
        self.ensure_one()
        return Situation(
            self._get_state_on(on_date),
            on_date,
            self.start_date or None,
            term._to_cover() if term else None,
            self._get_usage_on(on_date) if usage is None else usage,
            self._get_stops(),
            self.registration or None,
        )

    def _get_state_on(self, on_date):
        """The state as a verdict sees it: an exchanged machine was covered before."""
        exchanged = self.state == "void" and self.replaced_by_id
        if exchanged and on_date < self.void_date:
            return "active"
        return self.state

    def _describe_findings(self, findings, term, part):
        texts = self._get_reason_texts()
        subject = self._get_subject(term, part)
        return tuple(
            (code, texts[code] % {"subject": subject, **self._format_values(values)})
            for code, values in findings
        )

    def _get_subject(self, term, part):
        if term:
            return term.part_class_id.display_name
        if part:
            return part.display_name
        return self.env._("Whole machine")

    def _format_values(self, values):
        """The values of a finding as a reader of the user's language expects them."""
        formatted = {}
        for name, value in values.items():
            if name in ("start", "end"):
                formatted[name] = format_date(self.env, value)
            elif name == "state":
                labels = self._fields["state"]._description_selection(self.env)
                formatted[name] = dict(labels)[value]
            elif isinstance(value, float):
                digits = 0 if value == int(value) else 1
                formatted[name] = formatLang(self.env, value, digits=digits)
            else:
                formatted[name] = value
        units = self._fields["usage_unit"]._description_selection(self.env)
        formatted["unit"] = dict(units).get(self.usage_unit, "")
        return formatted

    @api.model
    def _get_reason_texts(self):
        """Texts of the findings' codes, translated, with their values as %(name)s."""
        return {
            "no_card": self.env._("There is no warranty card for this machine."),
            "not_active": self.env._("The warranty card is not in force (%(state)s)."),
            "before_start": self.env._("The cover starts only on %(start)s."),
            "class_not_covered": self.env._("%(subject)s: not covered by the policy."),
            "expired": self.env._(
                "%(subject)s: the cover of %(months)s months ended on %(end)s."
            ),
            "usage_exceeded": self.env._(
                "%(subject)s: usage %(usage)s is above the limit of %(limit)s %(unit)s."
            ),
            "in_term": self.env._(
                "%(subject)s: covered for %(months)s months, until %(end)s."
            ),
            "stopped": self.env._("%(added)s days in repair were added to the period."),
            "usage_unknown": self.env._(
                "The usage is not known; the cover ends at %(limit)s %(unit)s."
            ),
            "share": self.env._(
                "The maker bears %(parts)s %% of parts, %(labour)s %% of labour and "
                "%(travel)s %% of travel."
            ),
            "slip_missing": self.env._(
                "The registration slip has not reached the company: the dealer is not "
                "reimbursed. The customer is covered all the same."
            ),
            "late": self.env._(
                "The registration slip was late: the dealer is not reimbursed. The "
                "customer is covered all the same."
            ),
            "waived": self.env._(
                "The registration slip was late; this has been waived."
            ),
        }
