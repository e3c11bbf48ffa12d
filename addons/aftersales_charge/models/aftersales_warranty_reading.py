from odoo import api, models


class AftersalesWarrantyReading(models.Model):
    _inherit = "aftersales.warranty.reading"

    @api.model_create_multi
    def create(self, vals_list):
        readings = super().create(vals_list)
        # sudo: reminders follow from the card
        cards = readings.card_id.sudo()
        self.env["aftersales.service.reminder"].sudo()._note_readings(cards)
        return readings
