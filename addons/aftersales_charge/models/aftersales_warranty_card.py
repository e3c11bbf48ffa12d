from odoo import fields, models


class AftersalesWarrantyCard(models.Model):
    _inherit = "aftersales.warranty.card"

    service_reminder_ids = fields.One2many("aftersales.service.reminder", "card_id")

    def action_activate(self):
        """A machine in force gets its first service planned."""
        result = super().action_activate()
        # sudo: reminders follow from the card
        reminders = self.env["aftersales.service.reminder"].sudo()
        for day, cards in self.sudo().grouped(lambda c: c._get_service_start()).items():
            reminders._plan(cards, day)
        return result

    def _get_service_start(self):
        """The day from which the first service is counted; extension point."""
        self.ensure_one()
        return self.start_date or self.sale_date or fields.Date.context_today(self)

    def _void_with_reason(self, reason):
        result = super()._void_with_reason(reason)
        # sudo: reminders follow from the card
        planned = self.sudo().service_reminder_ids.filtered(
            lambda reminder: reminder.state == "planned"
        )
        planned.state = "cancelled"
        return result

    def action_open_service_reminders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_charge.aftersales_service_reminder_action"
        )
        return {**action, "domain": [("card_id", "=", self.id)], "context": {}}
