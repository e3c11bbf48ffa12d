from odoo import models


class AftersalesAssessment(models.Model):
    """A unit that the dealer says is a supplier's: a claim until the company confirms.

    The product's own tick is the company's word. Without it the dealer names unit and
    reason and serves the customer until support has answered.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.assessment"

    def _get_missing(self):
        claimed = self._is_bought_in_claimed()
        named = self.part_id or (self.bought_in_maker or "").strip()
        return [
            *super()._get_missing(),
            (
                claimed and not named,
                self.env._(
                    "name the bought-in unit: choose the suspected part, or write down "
                    "who made it."
                ),
            ),
            (
                claimed and not (self.bought_in_reason or "").strip(),
                self.env._("write down by what you know that the unit is bought in."),
            ),
        ]

    def _is_bought_in_claimed(self):
        """Whether somebody ticked it, and no product of ours says so."""
        self.ensure_one()
        return self.is_bought_in and not self.part_id.is_bought_in

    def _needs_confirmation(self):
        """Whether a covered case would leave the dealer on his word alone."""
        self.ensure_one()
        # sudo: routes are hidden from dealers
        route = self.sudo().route_id
        return (
            self.env.user.is_dealer
            and not self.env.su
            and self.covered
            and self.actor != "dealer"
            and self._is_bought_in_claimed()
            and route.bought_in == "yes"
        )

    def action_assess(self):
        """State the assessment; what the dealer only claims is put to support first.

        Until support has answered, the dealer acts.
        """
        claims = self.filtered(lambda assessment: assessment._needs_confirmation())
        for claim in claims:
            claim._ensure_can("assess")
            claim._ensure_complete()
        claims.write({"actor": "dealer"})
        result = super().action_assess()
        for claim in claims:
            claim._ask_for_confirmation()
        return result

    def _ask_for_confirmation(self):
        """Put it to support that the unit is a supplier's."""
        self.ensure_one()
        unit = self.part_id.display_name or self.bought_in_maker
        self._ask(
            self.env._(
                "Bought-in unit, %(unit)s: %(reason)s",
                unit=unit,
                reason=self.bought_in_reason,
            )
        )

    def _get_taking_actor(self):
        return "sales_rep" if self.is_bought_in else super()._get_taking_actor()

    def _decline(self, reason):
        result = super()._decline(reason)
        claims = self.filtered(lambda assessment: assessment._is_bought_in_claimed())
        # sudo: an assessment is no longer edited by hand; support has just answered
        claims.sudo().write({"is_bought_in": False})
        return result
