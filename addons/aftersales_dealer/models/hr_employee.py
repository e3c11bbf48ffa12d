from odoo import fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    aftersales_staff_ids = fields.One2many(
        "aftersales.staff",
        "employee_id",
        string="Service Staff Record",
        groups="hr.group_hr_user",
    )
