from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..utils.limit import get_limit
from .aftersales_parts_outlier import COMPANY, OPEN_STATES

SUBJECTS = {"dealer": "dealer_id", "staff": "staff_id"}


class AftersalesPartsOutlier(models.Model):
    """Finding them: each kind is one query, whatever the number of dealers."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.outlier"

    def action_recompute(self):
        """Look for outliers now.

        :raises AccessError: neither parts keeper nor quality
        """
        if not self.env.user.has_groups(COMPANY):
            raise AccessError(
                self.env._("The parts keeper or quality counts the figures anew.")
            )
        # sudo: rows are found, never entered; nobody has the right to create them
        self.sudo()._recompute(self.env.company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _cron_recompute(self):
        """Look for outliers, for all companies."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            self.with_company(company)._recompute(company)

    @api.model
    def _recompute(self, company):
        """New rows are made, corrected or taken away; what people touched stays.

        :raises UserError: somebody else is counting this very moment
        """
        company._lock_for_count()
        self.env["aftersales.parts.consumption"]._flush_sources()
        self.env["aftersales.warranty.card"].flush_model()
        self.flush_model()
        for kind in SUBJECTS:
            self._keep(company, kind, self._find_all(company, kind))

    @api.model
    def _find_all(self, company, kind):
        """Outliers of the window; for what was decided on, of the days since.

        :return: dict of (subject id, part id) to values
        """
        first, last = company._get_parts_window()
        decided = self._get_decided(company, kind, first)
        found = {
            key: vals
            for key, vals in self._find(company, kind, first, last).items()
            if key not in decided
        }
        since = defaultdict(set)
        for key, day in decided.items():
            since[day + timedelta(days=1)].add(key)
        for day, keys in since.items():
            if day <= last:
                parts = {part for _subject, part in keys}
                later = self._find(company, kind, day, last, parts)
                found.update({key: later[key] for key in keys & later.keys()})
        return found

    @api.model
    def _get_decided(self, company, kind, first):
        """Last day that was looked at, where it lies in the window."""
        subject = SUBJECTS[kind]
        groups = self._read_group(
            [
                ("company_id", "=", company.id),
                ("kind", "=", kind),
                ("state", "not in", OPEN_STATES),
                ("date_to", ">=", first),
            ],
            [subject, "product_id"],
            ["date_to:max"],
        )
        return {(who.id, part.id): day for who, part, day in groups}

    @api.model
    def _keep(self, company, kind, found):
        """Bring the undecided rows in line with what was found."""
        subject = SUBJECTS[kind]
        rows = self.search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", kind),
                ("state", "in", OPEN_STATES),
            ]
        )
        known = {(row[subject].id, row.product_id.id): row for row in rows}
        loose = rows.filtered(lambda row: not row._is_touched())
        for key, row in known.items():
            if row in loose and key in found:
                row.write(found[key])
            elif row in loose:
                row.unlink()
        new = [key for key in found if key not in known]
        self.create(self._prepare_vals_list(company, kind, {k: found[k] for k in new}))

    def _is_touched(self):
        """Whether people have begun to talk about it; its figures stay then."""
        self.ensure_one()
        return self.state != "new" or bool(
            self.asked_on or self.question or self.reason
        )

    @api.model
    def _prepare_vals_list(self, company, kind, found):
        staff = self.env["aftersales.staff"].browse(
            {who for who, _part in found} if kind == "staff" else []
        )
        dealer_of = {person.id: person.dealer_id.id for person in staff}
        return [
            {
                "kind": kind,
                "company_id": company.id,
                "dealer_id": dealer_of.get(who) if kind == "staff" else who,
                "staff_id": who if kind == "staff" else False,
                "product_id": part,
                **vals,
            }
            for (who, part), vals in found.items()
        ]

    @api.model
    def _find(self, company, kind, first, last, parts=None):
        """Who used more than the limit from ``first`` to ``last``.

        :param parts: ids of the only parts to look at; None for all
        :return: dict of (subject id, part id) to values
        """
        rows = self.env.execute_query(
            self._get_outliers_sql(company, kind, first, last, parts)
        )
        factor = company.aftersales_outlier_factor
        found = {}
        for subject, part, used, number, expected, amount, strata in rows:
            price = amount / used
            found[subject, part] = {
                "date_from": first,
                "date_to": last,
                "used": used,
                "machine_count": number,
                "expected": expected,
                "factor": factor,
                "limit": get_limit(expected, factor),
                "excess": used - expected,
                "price_unit": price,
                "excess_amount": company.currency_id.round((used - expected) * price),
                "strata": strata,
            }
        return found

    @api.model
    def _get_outliers_sql(self, company, kind, first, last, parts):
        """See the docstring of the model for the arithmetic.

        The hair's breadth in the comparison is for floats.
        """
        return SQL(
            """
            WITH %(strata)s,
                 total AS (
                     SELECT subject_id, part_id, SUM(used) AS used,
                            SUM(number)::int AS number, SUM(amount)::float AS amount,
                            SUM(peer_used * number / peer_number) AS expected,
                            JSON_AGG(JSON_BUILD_OBJECT(
                                'machine_id', machine_id, 'number', number,
                                'used', used, 'peers', peers,
                                'peer_number', peer_number, 'peer_used', peer_used
                            ) ORDER BY number DESC, machine_id) AS strata
                       FROM stratum GROUP BY subject_id, part_id)
            SELECT subject_id, part_id, used, number, expected, amount, strata
              FROM total
             WHERE used >= %(pieces)s
               AND used > expected + %(factor)s * SQRT(expected) + 1e-9
            """,
            strata=self._get_strata_sql(company, kind, first, last, parts),
            pieces=company.aftersales_outlier_pieces,
            factor=company.aftersales_outlier_factor,
        )

    @api.model
    def _get_strata_sql(self, company, kind, first, last, parts):
        """``stratum``: one machine model of one candidate and part.

        With what he and what the others used and have. A candidate has used the
        minimum of pieces at least.
        """
        return SQL(
            """
                 used AS (%(used)s),
                 owned AS (%(owned)s),
                 park AS (
                     SELECT machine_id, SUM(number)::int AS number, COUNT(*) AS owners
                       FROM owned GROUP BY machine_id),
                 compared AS (
                     SELECT used.*, owned.number
                       FROM used JOIN owned USING (subject_id, machine_id)),
                 whole AS (
                     SELECT machine_id, part_id, SUM(quantity) AS quantity
                       FROM compared GROUP BY machine_id, part_id),
                 candidate AS (
                     SELECT subject_id, part_id FROM compared
                   GROUP BY subject_id, part_id HAVING SUM(quantity) >= %(pieces)s),
                 stratum AS (%(stratum)s)
            """,
            used=self._get_used_sql(company, kind, first, last, parts),
            owned=self._get_owned_sql(company, kind, first, last),
            stratum=self._get_stratum_sql(company.aftersales_outlier_peers),
            pieces=company.aftersales_outlier_pieces,
        )

    @api.model
    def _get_stratum_sql(self, peers):
        return SQL(
            """SELECT candidate.subject_id, candidate.part_id, whole.machine_id,
                      owned.number,
                      COALESCE(compared.quantity, 0) AS used,
                      COALESCE(compared.amount, 0) AS amount,
                      park.owners - 1 AS peers,
                      park.number - owned.number AS peer_number,
                      whole.quantity - COALESCE(compared.quantity, 0) AS peer_used
                 FROM candidate
                 JOIN whole USING (part_id)
                 JOIN owned ON owned.subject_id = candidate.subject_id
                  AND owned.machine_id = whole.machine_id
                 JOIN park ON park.machine_id = whole.machine_id
            LEFT JOIN compared ON compared.subject_id = candidate.subject_id
                  AND compared.part_id = candidate.part_id
                  AND compared.machine_id = whole.machine_id
                WHERE park.owners - 1 >= %s""",
            peers,
        )

    @api.model
    def _get_used_sql(self, company, kind, first, last, parts):
        return SQL(
            """SELECT %(subject)s AS subject_id, machine_id, part_id,
                      SUM(quantity) AS quantity, SUM(amount) AS amount
                 FROM aftersales_parts_consumption
                WHERE company_id = %(company)s
                  AND date >= %(since)s AND date < %(until)s
                  AND %(subject)s IS NOT NULL AND machine_id IS NOT NULL %(parts)s
             GROUP BY %(subject)s, machine_id, part_id""",
            subject=SQL.identifier(SUBJECTS[kind]),
            company=company.id,
            since=company._get_midnight(first),
            until=company._get_midnight(last + timedelta(days=1)),
            parts=SQL("AND part_id IN %s", tuple(parts)) if parts else SQL(),
        )

    @api.model
    def _get_owned_sql(self, company, kind, first, last):
        """What use is divided by: machines of a dealer, repairs of a technician."""
        if kind == "dealer":
            return SQL(
                """SELECT dealer_id AS subject_id, product_id AS machine_id,
                          COUNT(*) AS number
                     FROM aftersales_warranty_card
                    WHERE state = 'active' AND company_id = %s
                 GROUP BY dealer_id, product_id""",
                company.id,
            )
        return SQL(
            """SELECT staff_id AS subject_id, product_id AS machine_id,
                      COUNT(*) AS number
                 FROM repair_order
                WHERE state = 'done' AND ticket_id IS NOT NULL
                  AND company_id = %s AND finished_at >= %s AND finished_at < %s
                  AND staff_id IS NOT NULL AND product_id IS NOT NULL
             GROUP BY staff_id, product_id""",
            company.id,
            company._get_midnight(first),
            company._get_midnight(last + timedelta(days=1)),
        )
