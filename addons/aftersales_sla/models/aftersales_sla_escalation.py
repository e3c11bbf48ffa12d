from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .aftersales_sla_target import TARGETS

DEALER_USER = "aftersales_dealer.group_dealer_user"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
SUPPORT = "aftersales_dealer.group_support"
MANAGER = "aftersales_dealer.group_manager"


class AftersalesSlaEscalation(models.Model):
    """A rung of the ladder: who is told, how long before or after a deadline.

    Rungs that name a target replace the general ones for that target. Their time is
    working time of the clock: nobody is woken for a promise that sleeps.
    """

    _name = "aftersales.sla.escalation"
    _description = "Rung of the escalation ladder"
    _order = "target, trigger desc, value, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    target = fields.Selection(selection=TARGETS, help="Empty: any.")
    service_level_id = fields.Many2one(
        "aftersales.service.level", ondelete="cascade", help="Empty: any."
    )
    trigger = fields.Selection(
        selection=[
            ("percent", "% of the time used"),
            ("before", "Minutes before the deadline"),
            ("after", "Minutes after the deadline"),
        ],
        string="When",
        required=True,
        default="after",
    )
    value = fields.Integer(required=True, default=0)
    recipient = fields.Selection(
        selection=[
            ("assignee", "Who handles the case"),
            ("dealer_agent", "Dealer's agents"),
            ("dealer_manager", "Dealer's manager"),
            ("sales_rep", "Sales representative"),
            ("support", "Support"),
            ("manager", "After-sales manager"),
            ("named", "Only those named"),
        ],
        required=True,
        default="assignee",
        help="Who is missing is replaced by the support.",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Also",
        domain=[("share", "=", False), ("dealer_id", "=", False)],
    )
    by_activity = fields.Boolean(string="Activity", default=True)
    by_mail = fields.Boolean(string="Mail")

    _value_positive = models.Constraint(
        "CHECK (value >= 0)", "The time of a rung cannot be negative."
    )

    @api.constrains("trigger", "value")
    def _check_percent(self):
        for rung in self:
            if rung.trigger == "percent" and not 0 < rung.value < 100:
                raise ValidationError(
                    self.env._(
                        "%(rung)s: a warning comes after 1 to 99 percent of the time.",
                        rung=rung.name,
                    )
                )

    # WHEN

    def _get_for(self, clock):
        """The rungs that hold for a clock, each as (rung, working time since start)."""
        level = clock.ticket_id.service_level_id
        fitting = self.filtered(
            lambda rung: (
                rung.target in (False, clock.target)
                and rung.service_level_id in (level.browse(), level)
            )
        )
        own = fitting.filtered("target")
        rungs = own or fitting
        pairs = ((rung, rung._get_offset(clock.minutes)) for rung in rungs)
        return [(rung, offset) for rung, offset in pairs if offset]

    def _get_offset(self, minutes):
        """Working time from the start of a clock to this rung.

        :return: None for a warning that would come before the start
        """
        if self.trigger == "percent":
            return timedelta(minutes=minutes * self.value / 100)
        shift = self.value if self.trigger == "after" else -self.value
        return timedelta(minutes=minutes + shift) if minutes + shift > 0 else None

    def _is_warning(self):
        return self.trigger != "after"

    # WHO

    def _get_users(self, ticket):
        """Whom to tell about a case; the support when nobody is there."""
        self.ensure_one()
        users = getattr(self, f"_get_{self.recipient}")(ticket) | self.user_ids
        allowed = users.filtered(
            lambda user: (
                user.active
                and (not user.dealer_id or user.dealer_id == ticket.dealer_id)
            )
        )
        return allowed or self._get_support(ticket) or self._get_manager(ticket)

    def _get_assignee(self, ticket):
        return ticket.user_id or self._get_dealer_agent(ticket)

    def _get_dealer_agent(self, ticket):
        """Who sits at the dealer's desk; whoever there is when nobody does."""
        people = self._get_dealer_people(ticket, DEALER_USER)
        staff = ticket.dealer_id.staff_ids
        desk = people & staff.filtered(lambda person: person.role == "agent").user_id
        workers = staff.filtered(lambda person: person.role == "technician").user_id
        others = people - self._get_dealer_manager(ticket) - workers
        return desk or others or people

    def _get_dealer_manager(self, ticket):
        return self._get_dealer_people(ticket, DEALER_MANAGER)

    def _get_dealer_people(self, ticket, group):
        return ticket.dealer_id.user_ids & self._get_group_users(group)

    def _get_sales_rep(self, ticket):
        return ticket.dealer_id.sales_rep_id

    def _get_support(self, ticket):
        """The support; those of the case's team when there are any."""
        managers = self._get_group_users(MANAGER)
        users = self._get_group_users(SUPPORT).filtered(lambda user: not user.dealer_id)
        users = (users - managers) or users
        return (users & ticket.team_id.user_ids) or users

    def _get_manager(self, _ticket):
        return self._get_group_users(MANAGER)

    def _get_named(self, _ticket):
        return self.env["res.users"]

    def _get_group_users(self, group):
        return self.env.ref(group).all_user_ids.filtered("active")
