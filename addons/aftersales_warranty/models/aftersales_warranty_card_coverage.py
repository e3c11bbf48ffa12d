from odoo import api, fields, models

from ..utils.coverage import Cover, Situation, Verdict, assess, cover_end


class AftersalesWarrantyCard(models.Model):
    _inherit = "aftersales.warranty.card"

    @api.depends(
        "policy_id",
        "sale_date",
        "delivery_date",
        "acceptance_date",
        "returned_on",
        "stop_ids.date_from",
        "stop_ids.date_to",
    )
    def _compute_period(self):
        for card in self:
            card.start_date = card._get_start_date()
            card.end_date = False
            card.stopped_days = 0
            machine = card.policy_id._get_machine_term()
            if card.start_date and machine:
                stops = [s for s in card._get_stops() if s[1]]
                card.end_date, card.stopped_days = cover_end(
                    card.start_date, machine.months, stops
                )

    def _get_start_date(self):
        """The first day of cover, by the policy's start event."""
        self.ensure_one()
        return {
            "delivery": self.delivery_date,
            "acceptance": self.acceptance_date,
            "registration": self.returned_on,
        }.get(self.policy_id.start_event) or self.sale_date

    def _get_stops(self):
        self.ensure_one()
        if not self.policy_id.stop_clock:
            return ()
        return tuple((stop.date_from, stop.date_to) for stop in self.stop_ids)

    def coverage_verdict(self, part=None, on_date=None, usage=None):
        """Say whether a repair is covered, at which shares, and why.

        :param part: ``product.product``, ``aftersales.part.class`` or None for the
            machine as a whole
        :param on_date: the day of the fault's report; default today
        :param usage: meter reading on that day, in the policy's unit; default the
            card's last reading
        :return: :class:`~..utils.coverage.Verdict`; on an empty recordset the verdict
            "no card"
        """
        return self._coverage_verdicts([(self, part, on_date, usage)])[0]

    @api.model
    def _coverage_verdicts(self, questions):
        """Batch form of :meth:`coverage_verdict`.

        :param questions: list of (card, part, on_date, usage)
        :return: list of verdicts in the same order
        """
        return [self._get_verdict(*question) for question in questions]

    @api.model
    def _get_verdict(self, card, part, on_date, usage):
        on_date = on_date or fields.Date.context_today(self)
        if not card:
            situation = Situation("none", on_date)
        else:
            term = card._get_term(part)
            situation = Situation(
                card.state,
                on_date,
                card.start_date or None,
                term._to_cover() if term else None,
                usage if usage is not None else (card.usage or None),
                card._get_stops(),
                card.registration == "late",
            )
        covered, findings = assess(situation)
        cover = situation.cover if covered else Cover(0, 0, 0, 0, 0)
        return Verdict(
            covered,
            cover.parts_share,
            cover.labour_share,
            cover.travel_share,
            covered and card.reimbursable,
            tuple((code, code) for code, values in findings),
        )

    def _get_term(self, part):
        self.ensure_one()
        return self.policy_id._get_term(part)
