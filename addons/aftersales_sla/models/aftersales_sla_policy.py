import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.aftersales_service.models.aftersales_case_type import SEVERITIES


class AftersalesSlaPolicy(models.Model):
    """What is promised to which cases, and when the time for it runs.

    The first policy in sequence whose conditions a case meets holds for it; an empty
    condition is met by every case.
    """

    _name = "aftersales.sla.policy"
    _description = "Service promise"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company")
    note = fields.Text(translate=True, help="Contract or other source of the promise.")
    # Conditions
    service_level_id = fields.Many2one("aftersales.service.level", ondelete="restrict")
    severity = fields.Selection(selection=SEVERITIES)
    case_type_ids = fields.Many2many("aftersales.case.type", string="Case Types")
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="With all categories below them.",
    )
    grade_ids = fields.Many2many("aftersales.dealer.grade", string="Dealer Grades")
    date_from = fields.Date(
        string="Valid From", help="By the day on which the case was reported."
    )
    date_to = fields.Date(string="Valid To")
    # When the clock runs
    hours = fields.Selection(
        selection=[
            ("all", "Around the clock"),
            ("company", "Working hours of the company"),
            ("dealer", "Working hours of the dealer"),
            ("calendar", "These working hours"),
        ],
        string="Clock Runs",
        default="all",
        required=True,
    )
    calendar_id = fields.Many2one(
        "resource.calendar", string="Working Hours", ondelete="restrict"
    )
    season_ids = fields.Many2many("aftersales.sla.season", string="Busy Seasons")
    target_ids = fields.One2many(
        "aftersales.sla.target", "policy_id", string="Targets", copy=True
    )
    open_clock_count = fields.Integer(compute="_compute_open_clock_count")

    @api.constrains("date_from", "date_to", "hours", "calendar_id")
    def _check_policy(self):
        for policy in self:
            if (
                policy.date_from
                and policy.date_to
                and policy.date_to < policy.date_from
            ):
                raise ValidationError(
                    self.env._(
                        "Promise %(policy)s would end before it begins. Correct its "
                        "validity.",
                        policy=policy.name,
                    )
                )
            if policy.hours == "calendar" and not policy.calendar_id.attendance_ids:
                raise ValidationError(
                    self.env._(
                        "Promise %(policy)s needs working hours with at least one "
                        "working day. Choose others, or let its clock run around the "
                        "clock.",
                        policy=policy.name,
                    )
                )

    def _compute_open_clock_count(self):
        groups = self.env["aftersales.sla.clock"]._read_group(
            Domain("policy_id", "in", self.ids) & Domain("is_open", "=", True),
            ["policy_id"],
            ["__count"],
        )
        counts = {policy.id: count for policy, count in groups}
        for policy in self:
            policy.open_clock_count = counts.get(policy.id, 0)

    # MATCHING

    def _get_for(self, ticket):
        """The first of these policies that holds for a case, or none."""
        return next((p for p in self if p._is_for(ticket)), self.browse())

    def _is_for(self, ticket):
        """Whether all conditions are met."""
        self.ensure_one()
        pairs = (
            (self.company_id, ticket.company_id),
            (self.service_level_id, ticket.service_level_id),
            (self.case_type_ids, ticket.case_type_id),
            (self.grade_ids, ticket.dealer_id.grade_id),
        )
        return (
            all(not wanted or (found and found in wanted) for wanted, found in pairs)
            and self.severity in (False, ticket.severity)
            and self._is_for_category(ticket.product_id.categ_id)
            and self._is_valid(_get_local_day(ticket))
        )

    def _is_for_category(self, category):
        if not self.category_ids:
            return True
        above = {int(part) for part in (category.parent_path or "").split("/") if part}
        return bool(above & set(self.category_ids.ids))

    def _is_valid(self, day):
        return not (
            (self.date_from and day < self.date_from)
            or (self.date_to and day > self.date_to)
        )

    def _get_season(self, ticket):
        """The busy season in which the case was reported, or none."""
        day = _get_local_day(ticket)
        return self.season_ids.filtered(lambda s: s.active and s._is_on(day))[:1]

    def _get_calendar(self, ticket):
        """Calendar by which the clocks of a case run; none: around the clock."""
        self.ensure_one()
        if self.hours == "all" or self._get_season(ticket).all_hours:
            return self.env["resource.calendar"]
        if self.hours == "calendar":
            return self.calendar_id
        company = ticket.company_id.resource_calendar_id
        if self.hours == "company":
            return company
        return ticket.dealer_id.calendar_id or company

    def _get_targets(self, ticket):
        """The targets that a case is held to, those of its season first.

        :return: dict of target's key to ``aftersales.sla.target``
        """
        season = self._get_season(ticket)
        found = {}
        for target in self.target_ids:
            usual = target.target not in found and not target.season_id
            special = season and target.season_id == season
            if (usual or special) and target._is_for(ticket):
                found[target.target] = target
        return found

    # APPLYING

    def action_apply(self):
        """Recompute the running clocks of all open cases after a change."""
        self.env["aftersales.sla.policy"].check_access("write")
        # sudo: clocks are written by the server only; the manager may change promises
        tickets = self.env["helpdesk.ticket"].sudo()
        tickets = tickets.search(Domain("clock_ids.is_open", "=", True))
        for start in range(0, len(tickets), 500):
            tickets[start : start + 500]._sync_clocks()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The clocks of %(count)s open cases were recomputed.",
                    count=len(tickets),
                ),
            },
        }

    def action_open_clocks(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_sla.aftersales_sla_clock_action"
        )
        domain = Domain("policy_id", "in", self.ids)
        return {**action, "domain": list(domain)}


def _get_local_day(ticket):
    """The day of the report where the case is: in the time zone of the dealer's
    working hours, or of the company's."""
    company = ticket.company_id or ticket.env.company
    calendar = ticket.dealer_id.calendar_id or company.resource_calendar_id
    zone = pytz.timezone(calendar.tz or "UTC")
    return pytz.utc.localize(ticket.reported_at).astimezone(zone).date()
