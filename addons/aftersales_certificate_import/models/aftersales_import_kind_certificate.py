from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain


class AftersalesImportKindCertificate(models.AbstractModel):
    """Certificates that were issued on paper, one row each.

    The holder is a service person of the dealer named in the row (of the company, if
    none is), found by name, or by name and phone when two bear it. A row whose person
    holds a certificate of the qualification in that time already is skipped, so that a
    list may be sent again.
    """

    _name = "aftersales.import.kind.certificate"
    _inherit = ["aftersales.import.kind"]
    _description = "Import of certificates"

    _import_groups = "aftersales_dealer.group_training_coordinator"
    _import_batch = 500
    _import_policy = "good"
    _import_model = "aftersales.certificate"

    @api.model
    def check(self, job, table):
        staff, scopes = self._get_staff(), self._get_scopes()
        held = self._get_held_periods()
        for index in range(len(table)):
            if table.verdicts[index] != "ok":
                continue
            row = table.get_row(index)
            scope = scopes.get(row["scope"].lower())
            member = self._find_holder(staff, row)
            end = scope and self._get_end(row, scope)
            refusal = self._get_refusal(row, scope, member, end)
            if refusal:
                table.refuse(index, *refusal)
                continue
            period = (row["valid_from"], end)
            known = held.setdefault((member.partner_id.id, scope.id), [])
            if any(_overlap(period, other) for other in known):
                text = self.env._("This person holds such a certificate in that time.")
                table.skip(index, "name", text)
            else:
                known.append(period)

    def _get_refusal(self, row, scope, member, end):
        """What is wrong with a row: key of the field and sentence, or ``None``."""
        if not scope:
            return "scope", self.env._(
                "No qualification has the code or name “%(scope)s”. Create it, or "
                "correct the list.",
                scope=row["scope"],
            )
        if member is None:
            return "name", self.env._(
                "No service person of this name works there, or more than one. Create "
                "him, or add his phone to the list."
            )
        if end and end < row["valid_from"]:
            return "valid_to", self.env._("The certificate ends before it begins.")
        if not 0 <= (row["score"] or 0) <= 100:
            return "score", self.env._("A result lies between 0 and 100.")
        return None

    @api.model
    def _get_staff(self):
        """Service people by (name, dealer's code or name, lower case)."""
        found = {}
        for member in self.env["aftersales.staff"].search([("active", "=", True)]):
            dealer = member.dealer_id
            for place in {dealer.code, dealer.name} if dealer else {""}:
                found.setdefault((member.name, place.lower()), []).append(member)
        return found

    @api.model
    def _find_holder(self, staff, row):
        members = staff.get((row["name"], (row["dealer"] or "").lower()), [])
        if len(members) > 1 and row["phone"]:
            members = [m for m in members if m.partner_id.phone == row["phone"]]
        return members[0] if len(members) == 1 else None

    @api.model
    def _get_scopes(self):
        """Qualifications by code and by name, lower case."""
        found = {}
        for scope in self.env["aftersales.certificate.scope"].search(
            [("active", "=", True)]
        ):
            found[scope.name.lower()] = found[scope.code.lower()] = scope
        return found

    @api.model
    def _get_held_periods(self):
        """Periods of the certificates in force or to come, by holder and scope."""
        found = {}
        rows = self.env["aftersales.certificate"].search_fetch(
            Domain("state", "=", "active"),
            ["partner_id", "scope_id", "valid_from", "valid_to"],
        )
        for row in rows:
            key = (row.partner_id.id, row.scope_id.id)
            found.setdefault(key, []).append((row.valid_from, row.valid_to))
        return found

    @api.model
    def _get_end(self, row, scope):
        """The end in the list, else the one that the qualification gives."""
        if row["valid_to"] or not scope.validity_months:
            return row["valid_to"]
        return row["valid_from"] + relativedelta(months=scope.validity_months, days=-1)

    @api.model
    def write_rows(self, job, table, indexes):
        staff, scopes = self._get_staff(), self._get_scopes()
        rows = [table.get_row(index) for index in indexes]
        certificates = self.env["aftersales.certificate"].with_context(
            tracking_disable=True
        )
        certificates.create([self._prepare_vals(job, r, staff, scopes) for r in rows])
        return len(indexes)

    def _prepare_vals(self, job, row, staff, scopes):
        scope = scopes[row["scope"].lower()]
        return {
            "partner_id": self._find_holder(staff, row).partner_id.id,
            "scope_id": scope.id,
            "valid_from": row["valid_from"],
            "valid_to": self._get_end(row, scope),
            "paper_number": row["paper_number"],
            "hours": row["hours"],
            "score": row["score"],
            "import_job_id": job.id,
        }

    @api.model
    def get_result_domain(self, job):
        return [("import_job_id", "=", job.id)]


def _overlap(period, other):
    """Whether two periods share a day; an end of ``None`` or ``False`` is far away.

    >>> _overlap((date(2026, 1, 1), None), (date(2025, 1, 1), date(2026, 1, 1)))
    True
    >>> _overlap((date(2026, 1, 2), None), (date(2025, 1, 1), date(2026, 1, 1)))
    False
    """
    (start, end), (other_start, other_end) = period, other
    return start <= (other_end or date.max) and other_start <= (end or date.max)
