from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError


class AftersalesPartsPeriod(models.Model):
    """What was accounted for stays as it was."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.period"

    @api.model
    def _ensure_open(self, moment, places):
        """Refuse to change the movements of a closed period (runs under sudo).

        :param datetime moment: when the goods moved, in UTC
        :param places: from where to where
        :raises UserError: names the period, and what to do instead
        """
        for period in self.search(self._get_closed_domain(moment, places)):
            # the day begins and ends where the one who closed it lives
            begin, end = period.with_user(period.closed_by)._get_moments()
            if begin <= moment < end:
                raise UserError(
                    self.env._(
                        "%(period)s is closed: its movements stay as they are. Post a "
                        "movement of today that corrects them.",
                        period=period.name,
                    )
                )

    @api.model
    def _get_closed_domain(self, moment, places):
        """The closed periods of these places that may hold the moment.

        A day more on either side, since days begin later or earlier elsewhere.
        """
        kept = places.filtered(lambda place: place.usage in ("internal", "transit"))
        dealers = kept.dealer_id
        return [
            ("state", "=", "closed"),
            ("company_id", "in", (kept.company_id | dealers.company_id).ids),
            ("dealer_id", "in", [False, *dealers.ids]),
            ("date_from", "<=", moment.date() + timedelta(days=1)),
            ("date_to", ">=", moment.date() - timedelta(days=1)),
        ]
