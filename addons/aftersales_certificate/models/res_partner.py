from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    aftersales_staff_ids = fields.One2many("aftersales.staff", "partner_id")
