# pylint: disable=consider-merging-classes-inherited
from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesCertificate(models.Model):
    """When a certificate is valid; days are those of the company that issued it."""

    _inherit = "aftersales.certificate"

    status = fields.Selection(
        selection=[
            ("upcoming", "Not Yet Valid"),
            ("valid", "Valid"),
            ("expired", "Expired"),
            ("withdrawn", "Withdrawn"),
        ],
        compute="_compute_status",
        search="_search_status",
    )
    days_left = fields.Integer(compute="_compute_status")

    @api.depends("state", "valid_from", "valid_to", "company_id")
    def _compute_status(self):
        for certificate in self:
            company = certificate.company_id or self.env.company
            today, end = company._get_local_day(), certificate.valid_to
            certificate.days_left = max((end - today).days, 0) if end else 0
            if certificate.state == "withdrawn":
                certificate.status = "withdrawn"
            elif certificate.valid_from and certificate.valid_from > today:
                certificate.status = "upcoming"
            else:
                certificate.status = "expired" if end and end < today else "valid"

    @api.model
    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_local_day()
        active = Domain("state", "=", "active")
        domains = {
            "withdrawn": Domain("state", "=", "withdrawn"),
            "upcoming": active & Domain("valid_from", ">", today),
            "expired": active & Domain("valid_to", "<", today),
            "valid": active & self._get_valid_domain(today),
        }
        return Domain.OR(domains[status] for status in value if status in domains)

    @api.model
    def _get_valid_domain(self, on_date=None):
        """Domain of the certificates that were valid on ``on_date`` (default: today).

        A certificate withdrawn later was still valid on that day.

        :param on_date: a day where the company is; of a moment it is
            ``company._get_local_day(moment)``
        """
        on_date = on_date or self.env.company._get_local_day()
        return (
            Domain("valid_from", "<=", on_date)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", on_date))
            & (Domain("state", "=", "active") | Domain("withdrawn_on", ">", on_date))
        )
