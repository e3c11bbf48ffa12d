from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date


class AftersalesRetentionMixin(models.AbstractModel):
    """A record that is kept for the years that the company has set.

    The car warranty rules ask for six years from the repair (Provisions on the
    liability for repair, replacement and return of household cars, art. 17); a company
    may keep longer. Drafts, which state no fact yet, may go.
    """

    _name = "aftersales.retention.mixin"
    _description = "Kept for the set years"

    retain_until = fields.Date(
        string="Kept Until",
        compute="_compute_retain_until",
        search="_search_retain_until",
        help="Not deleted before this day; empty while it is still at work.",
    )

    # The fact from which the years count.
    _retention_field = None

    def _is_retained(self):
        """Whether the record states a fact at all; drafts do not."""
        self.ensure_one()
        return True

    @api.depends(lambda self: [self._retention_field] if self._retention_field else [])
    def _compute_retain_until(self):
        years = relativedelta(years=self.env.company.aftersales_retention_years)
        for record in self:
            fact = fields.Date.to_date(record[self._retention_field])
            record.retain_until = fact and fact + years

    def _search_retain_until(self, operator, value):
        if operator not in ("<", "<=", ">", ">="):
            return NotImplemented
        years = relativedelta(years=self.env.company.aftersales_retention_years)
        return [(self._retention_field, operator, fields.Date.to_date(value) - years)]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_retained(self):
        today = fields.Date.context_today(self)
        for record in self:
            if not record._is_retained():
                continue
            until = record.retain_until
            if not until or until > today:
                raise UserError(record._get_retention_message())

    def _get_retention_message(self):
        self.ensure_one()
        if not self.retain_until:
            return self.env._(
                "%(record)s is part of the archive and still at work. Cancel or close "
                "it; it is not deleted.",
                record=self.display_name,
            )
        return self.env._(
            "%(record)s is kept until %(date)s and cannot be deleted before. The years "
            "are set under Configuration ▸ Service ▸ Settings.",
            record=self.display_name,
            date=format_date(self.env, self.retain_until),
        )

    def _check_papers_deletable(self):
        """Papers of a settled document stay with it; while it is at work they may go.

        :raises UserError: names the document and the day
        """
        self.ensure_one()
        until = self.retain_until
        if self._is_retained() and until and until > fields.Date.context_today(self):
            raise UserError(self._get_retention_message())
