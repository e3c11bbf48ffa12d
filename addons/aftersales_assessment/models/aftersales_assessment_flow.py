from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .aftersales_assessment import SUPPORT

ACTIVITY = "aftersales_assessment.mail_activity_type_act"


class AftersalesAssessment(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.assessment"

    def action_assess(self):
        """State the assessment: the case gets its level, and whoever acts is told.

        :raises UserError: names what is missing, or why the dealer has to act himself
        """
        self._ensure_can("assess")
        for assessment in self:
            assessment._ensure_complete()
            assessment._ensure_actor_allowed()
        now = fields.Datetime.now()
        self._transition("assess", {"assessed_at": now, "assessed_by_id": self.env.uid})
        for assessment in self:
            assessment._hand_over()

    def _ensure_complete(self):
        """:raises UserError: names the first thing that is missing"""
        self.ensure_one()
        for is_missing, what in self._get_missing():
            if is_missing:
                raise UserError(
                    self.env._(
                        "Case %(case)s is not assessed yet: %(what)s",
                        case=self.ticket_id.display_name,
                        what=what,
                    )
                )

    def _get_missing(self):
        """Pairs of (is missing, sentence); extension point."""
        self.ensure_one()
        no_card = not self.overruled and self.ticket_id.verdict in (False, "no_card")
        return [
            (not self.level, self.env._("choose the fault level.")),
            (
                no_card and not (self.cover_note or "").strip(),
                self.env._(
                    "no warranty card tells whether it is in cover; write down under "
                    "“Remark on Cover” what you go by."
                ),
            ),
            (
                self.is_unusual and not (self.unusual_reason or "").strip(),
                self.env._("write down what is unusual about the fault."),
            ),
            (not self.actor, self.env._("choose who acts.")),
            (
                self.actor == "dealer" and not self.dealer_id,
                self.env._(
                    "the dealer is to act, but the case has none. Choose its dealer, "
                    "or somebody else to act."
                ),
            ),
        ]

    def _ensure_actor_allowed(self):
        """Refuse a dealer who gives away what is his.

        :raises UserError: says what he can do instead
        """
        self.ensure_one()
        if not self._is_dealers_own() or self.actor == "dealer":
            return
        if self.env.user.is_dealer and not self.env.su:
            raise UserError(self._get_push_back_refusal())

    def _is_dealers_own(self):
        """Whether the dealer has to serve the case: it is covered and ordinary."""
        self.ensure_one()
        return self.covered and self.proposed_actor == "dealer"

    def _get_push_back_refusal(self):
        self.ensure_one()
        return self.env._(
            "Case %(case)s is in cover, so its dealer serves the customer and does not "
            "send him to the company. Assess it with “Dealer” acting; if you cannot "
            "do it, press “Ask Support” then and give the reason. Is the fault "
            "unusual, tick that and say why.",
            case=self.ticket_id.display_name,
        )

    def _hand_over(self):
        """Give the case its level, team and service level, and tell whoever acts."""
        self.ensure_one()
        # sudo: users of the company and its routes are hidden from dealers; the right
        # to assess was checked
        assessment = self.sudo()
        ticket, route = assessment.ticket_id, assessment.route_id
        vals = {"severity": assessment.level}
        if route.actor == assessment.actor and route.team_id:
            vals["team_id"] = route.team_id.id
        if route.service_level_id:
            vals["service_level_id"] = route.service_level_id.id
        ticket.write(vals)
        assessment.responsible_id = assessment._get_responsible()
        ticket.activity_unlink([ACTIVITY])
        ticket.activity_schedule(
            ACTIVITY,
            user_id=assessment.responsible_id.id,
            summary=assessment._get_activity_summary(),
            note=route.note if route.actor == assessment.actor else False,
        )

    def _get_activity_summary(self):
        self.ensure_one()
        cover = self.env._("in cover") if self.covered else self.env._("not in cover")
        levels = dict(self._fields["level"]._description_selection(self.env))
        return self.env._(
            "Act on the case: %(level)s, %(cover)s",
            level=levels.get(self.level, ""),
            cover=cover,
        )

    def _get_responsible(self):
        """The user who is told to act; extension point.

        :raises UserError: nobody is set for this kind of case; says where
        """
        self.ensure_one()
        route = (
            self.route_id
            if self.route_id.actor == self.actor
            else self.env["aftersales.assessment.route"].search(
                [("actor", "=", self.actor), ("user_id", "!=", False)], limit=1
            )
        )
        finders = {
            "dealer": lambda: self._get_dealers_user(),
            "sales_rep": lambda: self.dealer_id.sales_rep_id or route.user_id,
            "technical": lambda: route.user_id or route.team_id.user_id,
        }
        user = finders[self.actor]() or self._get_support_user()
        if not user:
            actors = dict(self._fields["actor"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Nobody is set to act for “%(actor)s” on case %(case)s. The "
                    "after-sales manager sets the responsible user in Configuration / "
                    "Assessment Routes.",
                    actor=actors[self.actor],
                    case=self.ticket_id.display_name,
                )
            )
        return user

    def _get_dealers_user(self):
        """Who works on the case at the dealer, else the dealer's first manager."""
        self.ensure_one()
        user = self.ticket_id.user_id
        if user.dealer_id == self.dealer_id and user.dealer_id:
            return user
        return (self.dealer_id._get_managers() or self.dealer_id.user_ids)[:1]

    def _get_support_user(self):
        """The company's user who works on the case, if there is one."""
        self.ensure_one()
        users = self.ticket_id.user_id | self.assessed_by_id
        return users.filtered(lambda user: not user.dealer_id and not user.share)[:1]

    def action_revise(self):
        """Take the assessment up again, because something turned out otherwise."""
        self._transition("revise", {"assessed_at": False, "assessed_by_id": False})
        # sudo: the activity may be a colleague's
        self.ticket_id.sudo().activity_unlink([ACTIVITY])

    def _overrule(self, decision, reason):
        """Decide on cover against the card, with a reason that everybody reads.

        :param decision: "covered", "not_covered", or False for what the card says
        :raises AccessError: the user is not of the support
        :raises UserError: no reason is given, or a claim could be pending on it
        """
        if not self.env.user.has_group(SUPPORT):
            raise AccessError(
                self.env._(
                    "Only support decides on cover against the warranty card. Ask it."
                )
            )
        self.check_access("write")
        self._ensure_reason(reason)
        for assessment in self:
            if assessment.ticket_id.closed:
                raise UserError(
                    self.env._(
                        "Case %(case)s is closed; its cover is not decided again. "
                        "Reopen the case first.",
                        case=assessment.ticket_id.display_name,
                    )
                )
        # sudo: the fields are closed to direct writes; the right was checked above
        self.sudo().write(
            {
                "overruled": decision,
                "overrule_reason": reason,
                "overruled_by_id": self.env.uid,
            }
        )

    def _ensure_reason(self, reason):
        """:raises UserError: no reason is given"""
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(assessments)s: give the reason; everybody concerned reads it.",
                    assessments=", ".join(self.mapped("display_name")),
                )
            )

    def action_open_ticket(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": self.ticket_id.id,
            "view_mode": "form",
        }

    def action_open_reason(self):
        """Ask for the reason of the step that the pressed button names."""
        self.ensure_one()
        step = self.env.context.get("assessment_step")
        wizard = self.env["aftersales.assessment.reason"]
        steps = dict(wizard._fields["step"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": steps.get(step, self.env._("Reason")),
            "res_model": wizard._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_assessment_id": self.id, "default_step": step},
        }
