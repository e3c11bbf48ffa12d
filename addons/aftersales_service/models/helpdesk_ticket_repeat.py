from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class HelpdeskTicket(models.Model):
    """A fault that came back: same symptom, same machine, soon after a repair."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    repeat_of_id = fields.Many2one(
        "repair.order",
        string="Repeat of Repair",
        compute="_compute_repeat_of_id",
        store=True,
        index="btree_not_null",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
        help="The last repair of this fault on this machine, whoever did it.",
    )
    is_repeat = fields.Boolean(
        string="Repeat Fault",
        compute="_compute_repeat_of_id",
        store=True,
        help="The same fault was repaired on this machine within the time set for "
        "repeat repairs before the report.",
    )
    repeat_hint = fields.Html(compute="_compute_repeat_hint")

    @api.depends("lot_id", "fault_id", "reported_at")
    def _compute_repeat_of_id(self):
        repairs = self.env["repair.order"]._group_finished_repairs(
            self.lot_id._origin, self.fault_id._origin
        )
        for ticket in self:
            key = (ticket.lot_id._origin.id, ticket.fault_id._origin.id)
            now = ticket.reported_at or fields.Datetime.now()
            company = ticket.company_id or self.env.company
            since = now - timedelta(days=company.aftersales_repeat_days)
            known = repairs.get(key, []) if all(key) else []
            fitting = [r for r in known if since <= r.finished_at <= now]
            ticket.repeat_of_id = fitting[-1] if fitting else False
            ticket.is_repeat = bool(fitting)

    @api.depends("lot_id", "fault_id", "reported_at", "is_repeat")
    @api.depends_context("lang", "uid")
    def _compute_repeat_hint(self):
        for ticket in self:
            repairs = ticket.env["repair.order"]
            if ticket.lot_id._origin:
                lot = Domain("lot_id", "=", ticket.lot_id._origin.id)
                # sudo: whoever repaired the machine; see the line's words
                repairs = repairs.sudo()._search_recent_repairs(lot)
            lines = [ticket._get_repeat_line(repair) for repair in repairs]
            ticket.repeat_hint = self._get_hint(lines)

    def _get_repeat_line(self, repair):
        """What the user may know of an earlier repair; elsewhere: when and of what."""
        # the search was made under sudo; here the user's own right counts
        repair_seen = repair.sudo(False)
        day = format_date(self.env, repair.finished_at)
        symptom = repair.symptom_id.display_name or self.env._("fault not recorded")
        if repair_seen.has_access("read"):
            line = self.env._(
                "Repaired on %(date)s: %(repair)s, %(symptom)s",
                date=day,
                repair=self._get_hint_link("repair-records", repair_seen),
                symptom=symptom,
            )
        else:
            line = self.env._(
                "Repaired on %(date)s by another workshop: %(symptom)s",
                date=day,
                symptom=symptom,
            )
        if self.fault_id and repair.symptom_id == self.fault_id._origin:
            same = self.env._("the same fault")
            return Markup("%s <strong>(%s)</strong>") % (line, same)
        return Markup("%s") % line
