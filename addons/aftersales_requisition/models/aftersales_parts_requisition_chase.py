from odoo import api, fields, models


class AftersalesPartsRequisition(models.Model):
    """Issued parts that are neither used nor returned are asked for, once."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.requisition"

    chased_on = fields.Date(readonly=True, copy=False)
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")

    @api.depends("state", "issued_on", "open_quantity")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for requisition in self:
            last = requisition._get_last_day()
            requisition.is_late = bool(
                requisition.state == "issued"
                and requisition.open_quantity > 0
                and last
                and last < today
            )

    def _get_last_day(self):
        """The day by which issued parts should be used or returned."""
        self.ensure_one()
        if not self.issued_on:
            return False
        return fields.Date.add(
            fields.Date.to_date(self.issued_on),
            # sudo: a setting of the company
            days=self.sudo().company_id.aftersales_requisition_days,
        )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: a setting of the companies; the search itself stays fenced
        found = self.browse()
        for company in self._get_companies():
            found |= self.search(self._get_late_domain(company))
        return [("id", "in", found.ids)]

    @api.model
    def _get_companies(self):
        # sudo: see _search_is_late
        companies = self.env["res.company"].sudo()
        return companies.search([("aftersales_requisition_days", ">", 0)])

    @api.model
    def _get_late_domain(self, company):
        today = fields.Date.context_today(self)
        days = company.aftersales_requisition_days
        return [
            ("state", "=", "issued"),
            ("company_id", "=", company.id),
            ("open_quantity", ">", 0),
            ("issued_on", "<", fields.Date.subtract(today, days=days)),
        ]

    @api.model
    def _cron_chase(self):
        """Ask for parts that were issued too long ago, once per requisition."""
        for company in self._get_companies():
            late = self.search(
                [*self._get_late_domain(company), ("chased_on", "=", False)]
            )
            for requisition in late.try_lock_for_update():
                requisition._chase()

    def _chase(self):
        """Plan one activity for the technician, or for whoever asked."""
        self.ensure_one()
        user = self.staff_id.user_id or self.requested_by
        self.chased_on = fields.Date.context_today(self)
        translated = self.with_context(lang=user.lang or self.env.lang)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=translated.env._("Issued parts: use them or bring them back"),
            note=translated._get_open_text(),
        )

    def _get_open_text(self):
        """The parts that are not accounted for, one a line, as plain text."""
        self.ensure_one()
        return ", ".join(
            f"{line.product_id.display_name}: {line.open_quantity:g}"
            for line in self.line_ids
            if line.open_quantity > 0
        )
