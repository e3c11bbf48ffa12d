from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AftersalesDispatch(models.Model):
    """The dispatch order: what to bring, who sent it, when it is on his day."""

    _inherit = "aftersales.dispatch"

    staff_id = fields.Many2one(group_expand="_group_expand_staff_id")
    tool_ids = fields.Many2many("aftersales.tool", string="Tools to Bring")
    part_ids = fields.One2many(
        "aftersales.dispatch.part", "dispatch_id", string="Parts to Bring"
    )
    sent_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    # For the list of his day
    day_label = fields.Char(compute="_compute_labels")
    time_label = fields.Char(compute="_compute_labels")
    bring_label = fields.Char(compute="_compute_bring_label", string="Bring")

    @api.depends("date_start", "date_end")
    @api.depends_context("lang", "tz")
    def _compute_labels(self):
        for job in self:
            labels = self._format_window(job.date_start, job.date_end)
            job.day_label, job.time_label = labels

    @api.model
    def _format_window(self, date_start, date_end):
        """Day and time of a window in the user's words, e.g. "Today", "10:00 – 12:00".

        :return: pair of texts, False without a window
        """
        if not date_start or not date_end:
            return False, False
        start, end = (
            fields.Datetime.context_timestamp(self, moment)
            for moment in (date_start, date_end)
        )
        today = fields.Date.context_today(self)
        names = {
            today: self.env._("Today"),
            today + timedelta(days=1): self.env._("Tomorrow"),
        }
        day = start.date()
        label = names.get(day) or self.env["aftersales.staff"]._format_days(day, day)
        return label, f"{start:%H:%M} – {end:%H:%M}"

    @api.depends("tool_ids", "part_ids.quantity", "part_ids.product_id", "parts_wanted")
    @api.depends_context("lang")
    def _compute_bring_label(self):
        for job in self:
            parts = [
                f"{part.quantity:g} × {part.product_id.display_name}"
                for part in job.part_ids
            ]
            things = [*job.tool_ids.mapped("name"), *parts, job.parts_wanted]
            job.bring_label = ", ".join(thing for thing in things if thing) or False

    @api.model
    def _group_expand_staff_id(self, staff, domain):
        """The board shows who has nothing to do yet."""
        if not self.env.context.get("dispatch_board"):
            return staff
        return staff | staff.search(Domain("role", "=", "technician"))

    @api.model
    def _get_protected_fields(self):
        return (*super()._get_protected_fields(), "sent_by_id")

    def _prepare_send_vals(self):
        return {**super()._prepare_send_vals(), "sent_by_id": self.env.uid}

    def _ensure_complete(self):
        result = super()._ensure_complete()
        self._ensure_present()
        return result

    def _ensure_present(self):
        """:raises UserError: names who is absent or suspended, from when to when"""
        self.ensure_one()
        # sudo: company staff and their absences are hidden from a dealer's user
        staff = self.sudo().staff_id
        for away in staff._get_aways(self.date_start, self.date_end)[staff]:
            raise UserError(
                self.env._(
                    "%(staff)s cannot take job %(job)s: %(why)s. Press “Suggest” and "
                    "choose somebody else, or choose another time.",
                    staff=staff.name,
                    job=self.name,
                    why=away.text,
                )
            )
