from odoo import models
from odoo.exceptions import UserError

SUPPORT_ACTIVITY = "aftersales_assessment.mail_activity_type_ask"


class AftersalesAssessment(models.Model):
    """A dealer who cannot serve the customer: by right, or with support's agreement."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.assessment"

    def _hand_back(self, reason):
        """Leave a customer who is not in cover to the company.

        :raises UserError: the case is in cover and ordinary, or the company acts
        """
        self._ensure_can("hand_back")
        self._ensure_reason(reason)
        self._ensure_dealer_acts()
        for assessment in self:
            if assessment._is_dealers_own():
                raise UserError(assessment._get_push_back_refusal())
        self._transition("hand_back", {"hand_back_reason": reason})
        self._give_to_company()

    def _ask(self, reason):
        """Ask support to take over a covered customer.

        :raises UserError: no reason is given, or the company acts already
        """
        self._ensure_can("ask")
        self._ensure_reason(reason)
        self._ensure_dealer_acts()
        self._transition("ask", {"hand_back_reason": reason, "agreed_by_id": False})
        for assessment in self:
            assessment._tell_support(reason)

    def _ensure_dealer_acts(self):
        for assessment in self:
            if assessment.actor != "dealer":
                raise UserError(
                    self.env._(
                        "On case %(case)s the company acts already; there is nothing "
                        "to hand back.",
                        case=assessment.ticket_id.display_name,
                    )
                )

    def _tell_support(self, reason):
        """An activity for the company: it agrees or declines."""
        self.ensure_one()
        # sudo: the company's users are hidden from dealers
        assessment = self.sudo()
        user = assessment._get_company_user()
        assessment.activity_schedule(
            SUPPORT_ACTIVITY,
            user_id=user.id,
            summary=self.env._("The dealer asks to hand back a covered customer"),
            note=reason,
        )

    def _get_company_user(self):
        """Who answers for the company: on the case, for the dealer, or the manager."""
        self.ensure_one()
        managers = self.env.ref("aftersales_dealer.group_manager").all_user_ids
        return (
            self._get_support_user()
            or self.dealer_id.sales_rep_id
            or managers.filtered(lambda user: user.active and not user.dealer_id)[:1]
        )

    def _agree(self, reason):
        """Take the customer over; the dealer is out of his duty."""
        self._transition("agree", {"agreed_by_id": self.env.uid})
        self._answer_dealer(
            self.env._("Support takes the customer over: %(reason)s", reason=reason)
        )
        self._give_to_company()

    def _decline(self, reason):
        """Leave the customer to his dealer, with a reason.

        :raises UserError: no reason is given
        """
        self._ensure_reason(reason)
        self._transition("decline", {"hand_back_reason": False})
        self._answer_dealer(
            self.env._("Support leaves the customer to you: %(reason)s", reason=reason)
        )

    def _answer_dealer(self, body):
        for assessment in self:
            # sudo: the request may be a colleague's to answer
            assessment.sudo().activity_unlink([SUPPORT_ACTIVITY])
            managers = assessment.dealer_id._get_managers()
            assessment.message_post(
                body=body,
                subtype_xmlid="mail.mt_comment",
                partner_ids=managers.partner_id.ids,
            )

    def _give_to_company(self):
        """The company acts from now on."""
        # sudo: an assessment is no longer edited by hand; the transition was checked
        for assessment in self.sudo():
            assessment.actor = assessment._get_taking_actor()
        for assessment in self:
            assessment._hand_over()

    def _get_taking_actor(self):
        """Who of the company takes over; extension point."""
        self.ensure_one()
        return "technical"
