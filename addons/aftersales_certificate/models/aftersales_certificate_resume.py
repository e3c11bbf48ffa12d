# pylint: disable=consider-merging-classes-inherited
from odoo import api, fields, models

# What a certificate's line among an employee's skills is known by.
SKILL_KEYS = ("employee_id", "skill_id", "skill_level_id", "valid_from")


class AftersalesCertificate(models.Model):
    """Certificates of the company's own people stand in their résumés, too."""

    _inherit = "aftersales.certificate"

    resume_line_id = fields.Many2one(
        "hr.resume.line", readonly=True, copy=False, groups="hr.group_hr_user"
    )

    @api.model_create_multi
    def create(self, vals_list):
        certificates = super().create(vals_list)
        certificates._add_to_resume()
        return certificates

    def _withdraw(self, reason):
        result = super()._withdraw(reason)
        # sudo: résumés and skills belong to HR; both end with the certificate
        for certificate in self.sudo().filtered("resume_line_id"):
            line = certificate.resume_line_id
            line.date_end = max(line.date_start, certificate.withdrawn_on)
            for skill in certificate._get_skill_lines():
                skill.valid_to = max(skill.valid_from, certificate.withdrawn_on)
        return result

    def _get_skill_lines(self):
        """The skill that this certificate gave to an employee, if it did."""
        self.ensure_one()
        vals = self._prepare_skill_vals(self.staff_id.employee_id)
        Skill = self.env["hr.employee.skill"]
        if not vals:
            return Skill
        return Skill.search([(name, "=", vals[name]) for name in SKILL_KEYS])

    def _add_to_resume(self):
        """Write the certificate into the résumé and skills of the company's own
        people."""
        # sudo: résumés belong to HR; the coordinator adds this one fact to them
        for certificate in self.sudo().filtered("staff_id.employee_id"):
            employee = certificate.staff_id.employee_id
            certificate.resume_line_id = (
                self.env["hr.resume.line"]
                .sudo()
                .create(certificate._prepare_resume_vals(employee))
            )
            vals = certificate._prepare_skill_vals(employee)
            if vals:
                self.env["hr.employee.skill"].sudo().create(vals)

    def _prepare_resume_vals(self, employee):
        self.ensure_one()
        line_type = self.env.ref("hr_skills.resume_type_training", False)
        return {
            "employee_id": employee.id,
            "name": f"{self.scope_id.name} ({self.name})",
            "date_start": self.valid_from,
            "date_end": self.valid_to,
            "line_type_id": line_type.id if line_type else False,
        }

    def _prepare_skill_vals(self, employee):
        self.ensure_one()
        scope = self.scope_id
        if not scope.skill_id or not scope.skill_level_id:
            return {}
        return {
            "employee_id": employee.id,
            "skill_id": scope.skill_id.id,
            "skill_type_id": scope.skill_id.skill_type_id.id,
            "skill_level_id": scope.skill_level_id.id,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
        }
