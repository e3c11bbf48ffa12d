from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesDispatch(models.Model):
    """A job asks whether its technician is qualified on the day of the visit."""

    _inherit = "aftersales.dispatch"

    operation_ids = fields.Many2many(
        "aftersales.operation",
        string="Planned Work",
        help="Operations expected on this visit, as far as known; some ask for a "
        "qualification of their own.",
    )
    certificate_warning = fields.Char(
        compute="_compute_certificate_warning",
        help="Qualifications for this machine that the technician does not hold then.",
    )

    @api.depends("staff_id", "product_id", "date_start", "operation_ids")
    @api.depends_context("lang")
    def _compute_certificate_warning(self):
        for job in self:
            missing = job._get_missing_scopes(("required", "preferred"))
            job.certificate_warning = False
            if missing:
                job.certificate_warning = self.env._(
                    "%(staff)s holds no valid certificate for: %(scopes)s.",
                    staff=job.sudo().staff_id.name,  # sudo: hidden company staff
                    scopes=", ".join(missing.mapped("name")),
                )

    def _get_missing_scopes(self, requirements):
        """Qualifications that the job asks for and its technician has not."""
        self.ensure_one()
        # sudo: certificates of company staff are hidden from a dealer's user
        staff = self.sudo().staff_id
        if not staff or not self.product_id:
            return self.env["aftersales.certificate.scope"]
        start, company = self.date_start, self.env.company
        day = company._get_local_day(start) if start else None
        missing = staff._get_missing_scopes(
            self.product_id, day, requirements, work=self.operation_ids
        )
        return missing[staff]

    def _ensure_complete(self):
        result = super()._ensure_complete()
        missing = self._get_missing_scopes(("required",))
        if missing:
            raise UserError(
                self.env._(
                    "%(staff)s may not work on %(machine)s: he holds no valid "
                    "certificate for %(scopes)s on that day. Choose a certified "
                    "technician, or have him trained.",
                    staff=self.sudo().staff_id.name,  # sudo: hidden company staff
                    machine=self.product_id.display_name,
                    scopes=", ".join(missing.mapped("name")),
                )
            )
        return result
