from collections import defaultdict
from datetime import timedelta

import pytz

from odoo import models
from odoo.fields import Domain

from ..utils.candidate import Judgement

# Repairs older than this say little about what somebody can do today.
EXPERIENCE = timedelta(days=730)


class AftersalesDispatchCriterion(models.Model):
    """How the criteria of this addon judge."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.dispatch.criterion"

    def _judge_skill(self, request):
        job = request.job
        needed = self.env["aftersales.skill.need"]._get_skills(
            job.product_id, job.fault_id
        )
        return {
            person: self._judge_skills(needed, person.skill_ids)
            for person in (request.staff if needed else ())
        }

    def _judge_skills(self, needed, held):
        known, missing = needed & held, needed - held
        texts = []
        if known:
            texts.append(self.env._("knows %s", ", ".join(known.mapped("name"))))
        if missing:
            names = ", ".join(missing.mapped("name"))
            texts.append(self.env._("does not know %s", names))
        return Judgement(len(known) / len(needed), "; ".join(texts), bool(missing))

    def _judge_availability(self, request):
        return {
            person: self._judge_bookings(
                request.get_bookings(person, request.start, request.end), person
            )
            for person in request.staff
        }

    def _judge_bookings(self, bookings, person):
        if not bookings:
            return Judgement(1.0, self.env._("free at that time"))
        zone = person._get_timezone()
        start, end = (
            pytz.utc.localize(moment).astimezone(zone).strftime("%H:%M")
            for moment in (bookings[0].start, bookings[0].end)
        )
        text = self.env._(
            "promised to %(job)s from %(start)s to %(end)s",
            job=bookings[0].job,
            start=start,
            end=end,
        )
        return Judgement(0.0, text, fails=True)

    def _judge_workload(self, request):
        counts = {
            person: len(
                request.get_bookings(person, request.day_start, request.day_end)
            )
            for person in request.staff
        }
        return {person: self._judge_count(count) for person, count in counts.items()}

    def _judge_count(self, count):
        is_full = bool(self.max_jobs) and count >= self.max_jobs
        if not count:
            return Judgement(1.0, self.env._("no other job that day"))
        text = self.env._("other jobs that day: %s", count)
        return Judgement(0.0 if is_full else 1 / (1 + count), text, is_full)

    def _judge_territory(self, request):
        # sudo: our own people's dealers and the customer's address may be hidden
        job = request.job.sudo()
        partner, place = job.partner_id or job.ticket_id.partner_id, job.place
        if not partner and not place:
            return {}
        judged = {}
        for person in request.staff:
            fits = {
                area: area._get_fit(partner, place) for area in person.territory_ids
            }
            best = max(fits, key=fits.get, default=None)
            if best is None:
                judged[person] = self._judge_dealer_territory(person, partner)
            elif fits[best]:
                text = self.env._("serves %s", best.display_name)
                judged[person] = Judgement(fits[best], text)
            else:
                text = self.env._("serves elsewhere")
                judged[person] = Judgement(0.0, text, fails=True)
        return judged

    def _judge_dealer_territory(self, person, partner):
        """Who has no territory of his own serves his dealer's."""
        state = partner.state_id
        if state and state in person.dealer_id.territory_ids:
            return Judgement(0.5, self.env._("serves %s", state.name))
        return Judgement()

    def _judge_absence(self, request):
        judged = {}
        for person in request.staff:
            texts = [
                away.text
                for away in request.get_aways(person, request.start, request.end)
                if not away.is_suspension
            ]
            if texts:
                judged[person] = Judgement(0.0, "; ".join(texts), fails=True)
            elif self.weight:
                judged[person] = Judgement(1.0, self.env._("present"))
        return judged

    def _judge_first_time_fix(self, request):
        fault = request.job.fault_id
        if not fault:
            return {}
        # sudo: our technicians repair for all dealers; only a number is told
        groups = (
            self.env["repair.order"]
            .sudo()
            ._read_group(
                Domain("staff_id", "in", request.staff.ids)
                & Domain("symptom_id", "=", fault.id)
                & Domain("state", "=", "done")
                & Domain("is_history", "=", False)
                & Domain("finished_at", ">=", request.start - EXPERIENCE),
                ["staff_id", "first_time_fix"],
                ["__count"],
            )
        )
        counts = defaultdict(lambda: [0, 0])
        for person, is_fixed, count in groups:
            counts[person.id][0] += count if is_fixed else 0
            counts[person.id][1] += count
        return {
            person: self._judge_fixes(*counts[person.id]) for person in request.staff
        }

    def _judge_fixes(self, fixed, total):
        if not total:
            # that somebody is new to a fault is said only where it keeps him from it
            text = self.env._("has not repaired this fault yet")
            return Judgement(0.0, text if self.is_mandatory else "", fails=True)
        text = self.env._(
            "fixed this fault the first time: %(fixed)s of %(total)s",
            fixed=fixed,
            total=total,
        )
        return Judgement(fixed / total, text, fails=not fixed)
