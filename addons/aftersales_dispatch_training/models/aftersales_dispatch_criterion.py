from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_dispatch.utils.candidate import Judgement


class AftersalesDispatchCriterion(models.Model):
    """Who holds the certificates for the machine on the day of the visit.

    The qualification itself says whether it is preferred or required: without a
    required one nobody can be sent, so nobody can be chosen either.
    """

    _inherit = "aftersales.dispatch.criterion"

    code = fields.Selection(
        selection_add=[("certificate", "Certificates")],
        ondelete={"certificate": "cascade"},
    )

    def _judge_certificate(self, request):
        job = request.job
        scopes = self.env["aftersales.certificate.scope"]._get_for_product(
            job.product_id, work=job.operation_ids
        )
        if not scopes or not job.product_id:
            return {}
        day = self.env.company._get_local_day(request.start)  # as sending judges
        # sudo: certificates are their holder's; whether he has one then is told
        staff = request.staff.sudo()
        held = staff._get_valid_scopes(day)
        expired = self._get_expired(staff, scopes, day)
        return {
            person: self._judge_scopes(
                scopes, held[person.sudo()], expired.get(person.id, {})
            )
            for person in request.staff
        }

    def _get_expired(self, staff, scopes, day):
        """When certificates ran out before ``day``.

        :return: dict of staff id → dict of scope → last day of validity
        """
        groups = staff.env["aftersales.certificate"]._read_group(
            Domain("staff_id", "in", staff.ids)
            & Domain("scope_id", "in", scopes.ids)
            & Domain("state", "=", "active")
            & Domain("valid_to", "<", day),
            ["staff_id", "scope_id"],
            ["valid_to:max"],
        )
        expired = {}
        for person, scope, last in groups:
            expired.setdefault(person.id, {})[scope.id] = last
        return expired

    def _judge_scopes(self, scopes, held, expired):
        held, missing = scopes & held, scopes - held
        texts = []
        if held:
            texts.append(self.env._("certified: %s", ", ".join(held.mapped("name"))))
        for scope in missing:
            texts.append(self._get_missing_text(scope, expired.get(scope.id)))
        return Judgement(
            len(held) / len(scopes),
            "; ".join(texts),
            fails=bool(missing),
            forbids="required" in missing.mapped("requirement"),
        )

    def _get_missing_text(self, scope, last):
        if not last:
            return self.env._("no certificate: %s", scope.name)
        return self.env._(
            "certificate expired on %(day)s: %(scope)s",
            day=format_date(self.env, last),
            scope=scope.name,
        )
