from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

DEALER_GROUP = "aftersales_dealer.group_dealer_user"
COMPANY_GROUPS = (
    "aftersales_dealer.group_support",
    "aftersales_dealer.group_parts_keeper",
    "aftersales_dealer.group_inspector",
    "aftersales_dealer.group_quality",
    "aftersales_dealer.group_warranty_accountant",
    "aftersales_dealer.group_training_coordinator",
    "base.group_system",
    "base.group_erp_manager",
)


class ResUsers(models.Model):
    _inherit = "res.users"

    dealer_id = fields.Many2one(
        "aftersales.dealer",
        string="Dealer",
        index="btree_not_null",
        ondelete="restrict",
        help="A user with a dealer sees this dealer's records only.",
    )
    is_dealer = fields.Boolean(
        compute="_compute_is_dealer",
        help="Whether the dealer fence applies: the user has a dealer or a dealer role.",
    )

    @api.depends("dealer_id", "group_ids")
    def _compute_is_dealer(self):
        for user in self:
            user.is_dealer = bool(user.dealer_id) or user.has_group(DEALER_GROUP)

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["dealer_id", "is_dealer"]

    @api.model
    def _get_invalidation_fields(self):
        # record rules are cached per user; a change of dealer takes effect at once
        return super()._get_invalidation_fields() | {"dealer_id"}

    @api.constrains("dealer_id", "group_ids")
    def _check_dealer_side(self):
        for user in self:
            if user.has_group(DEALER_GROUP) and not user.dealer_id:
                raise ValidationError(
                    self.env._(
                        "User %(user)s has a dealer role but no dealer. Set the dealer.",
                        user=user.login,
                    )
                )
            if user.dealer_id and any(user.has_group(group) for group in COMPANY_GROUPS):
                raise ValidationError(
                    self.env._(
                        "User %(user)s belongs to dealer %(dealer)s and cannot hold a "
                        "company role. Remove the dealer or the company role.",
                        user=user.login,
                        dealer=user.dealer_id.display_name,
                    )
                )

    @api.private
    def dealer_partner_domain(self):
        """Domain of the contacts that this user's fence lets him read.

        Extension point of the record rule on ``res.partner``: an addon whose documents
        name a customer adds ``| Domain("its_ids.dealer_id", "in", dealer.ids)``.
        """
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        dealer = self.dealer_id
        return (
            Domain("dealer_id", "in", dealer.ids)
            | Domain("id", "child_of", dealer.partner_id.ids)
            | Domain("id", "in", self.env.companies.partner_id.ids)
            | Domain("id", "in", self.partner_id.ids)
            | (
                Domain("user_ids.share", "=", False)
                & Domain("user_ids.dealer_id", "=", False)
            )
        )
