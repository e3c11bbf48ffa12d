from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesPartsReceipt(models.Model):
    """Delivery notes that do not come back are asked for, once."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.receipt"

    chased_on = fields.Date(string="Asked for on", readonly=True, copy=False)
    is_note_late = fields.Boolean(
        string="Note Late", compute="_compute_is_note_late", search="_search_note_late"
    )

    @api.depends("is_signature_due", "shipped_on")
    def _compute_is_note_late(self):
        late = self.filtered_domain(self._get_late_domain())
        for receipt in self:
            receipt.is_note_late = receipt in late

    def _search_note_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_late_domain()

    @api.model
    def _get_late_domain(self):
        """Notes that are due for longer than their company's setting says."""
        today = fields.Date.context_today(self)
        late = Domain.FALSE
        # sudo: a setting of the companies
        companies = self.env["res.company"].sudo()
        for company in companies.search([("aftersales_note_days", ">", 0)]):
            days = company.aftersales_note_days
            late |= Domain("company_id", "=", company.id) & Domain(
                "shipped_on", "<", fields.Date.subtract(today, days=days)
            )
        return Domain("is_signature_due", "=", True) & late

    @api.model
    def _cron_chase_notes(self):
        """Ask for notes that were due too long ago, once per note."""
        domain = self._get_late_domain() & Domain("chased_on", "=", False)
        for receipt in self.search(domain).try_lock_for_update():
            receipt._chase_note()

    def _chase_note(self):
        """Plan one activity for the dealer's manager, or for whoever ordered."""
        self.ensure_one()
        order = self.parts_order_id
        user = (self.dealer_id._get_managers() or order.submitted_by)[:1]
        self.chased_on = fields.Date.context_today(self)
        user = user or order.confirmed_by
        translated = self.with_context(lang=user.lang or self.env.lang)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=translated.env._("Delivery note: sign it and send it back"),
            note=translated.env._(
                "%(delivery)s of order %(order)s",
                delivery=self.delivery_name,
                order=order.name,
            ),
        )

    def _drop_chase(self):
        """The note came back: nobody needs to be reminded."""
        self.activity_unlink(["mail.mail_activity_data_todo"])
