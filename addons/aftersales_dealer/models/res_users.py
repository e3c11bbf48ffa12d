from odoo import api, fields, models, tools
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
UNFENCED_GROUPS = ("mail.group_mail_template_editor",)


class ResUsers(models.Model):
    _inherit = "res.users"

    dealer_id = fields.Many2one(
        "aftersales.dealer",
        index="btree_not_null",
        ondelete="restrict",
        help="A user with a dealer sees this dealer's records only.",
    )
    is_dealer = fields.Boolean(
        compute="_compute_is_dealer",
        help="The fence applies: the user has a dealer or a dealer's role.",
    )

    @api.depends("dealer_id", "group_ids")
    def _compute_is_dealer(self):
        for user in self:
            user.is_dealer = bool(user.dealer_id) or user._holds_any(DEALER_GROUP)

    def _holds_any(self, *group_xmlids):
        """Like ``has_group``, but true to a change that is being written right now."""
        self.ensure_one()
        groups = self.env["res.groups"]
        for xmlid in group_xmlids:
            groups |= self.env.ref(xmlid)
        # sudo: which roles exclude each other is no secret
        return bool(self.sudo().all_group_ids & groups)

    @tools.ormcache("self.id")
    def _is_fenced(self):
        """The same as ``is_dealer``, cached: it is asked at every read and write."""
        self.ensure_one()
        # sudo: a rule's own question, whatever the asking user may read
        return self.sudo().with_context(active_test=False).is_dealer

    def _has_group(self, group_ext_id):
        # An editor of mail templates can have any expression rendered, sudo included;
        # a setting may give that group to all internal users.
        if group_ext_id in UNFENCED_GROUPS and self.id and self._is_fenced():
            return False
        return super()._has_group(group_ext_id)

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
            if user._holds_any(DEALER_GROUP) and not user.dealer_id:
                raise ValidationError(
                    self.env._(
                        "User %(user)s has a dealer role but no dealer. "
                        "Set the dealer.",
                        user=user.login,
                    )
                )
            if user.dealer_id and user._holds_any(*COMPANY_GROUPS):
                raise ValidationError(
                    self.env._(
                        "User %(user)s belongs to dealer %(dealer)s and cannot hold a "
                        "company role. Remove the dealer or the company role.",
                        user=user.login,
                        dealer=user.dealer_id.display_name,
                    )
                )

    # The domains of the record rules. Each is an extension point: an addon whose
    # documents make further records visible adds them with ``super() | Domain(…)``.

    @api.private
    def dealer_partner_domain(self):
        """Domain of the contacts that this user's fence lets him read.

        Those his dealer registered, the dealer himself, his people, our company and its
        people. An addon whose documents name a customer adds
        ``| Domain("its_ids.dealer_id", "in", self.dealer_id.ids)``.
        """
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        dealer = self.dealer_id
        if not dealer:
            return Domain("id", "in", self.partner_id.ids)
        return (
            Domain("dealer_id", "in", dealer.ids)
            | Domain("id", "child_of", dealer.partner_id.ids)
            | Domain("id", "in", self.env.companies.partner_id.ids)
            | Domain("user_ids.dealer_id", "in", dealer.ids)
            | Domain(
                "user_ids",
                "any",
                Domain("share", "=", False) & Domain("dealer_id", "=", False),
            )
        )

    @api.private
    def dealer_user_domain(self):
        """Domain of the users this user may read: himself and his dealer's."""
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        return Domain("id", "=", self.id) | Domain(
            "dealer_id", "in", self.dealer_id.ids
        )

    @api.private
    def dealer_message_domain(self):
        """Domain of the messages this user may read on documents he may read.

        Hidden are the company's internal notes and what it notes on its activities.
        Visible are the messages of his dealer's people, discussions, what the system
        logs (``message_type`` notification: changes of state, tracked values), and
        what addresses him by name.
        """
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        discussion = (
            Domain("is_internal", "=", False)
            & Domain("subtype_id", "!=", False)
            & Domain("subtype_id.internal", "=", False)
        )
        log = Domain("message_type", "=", "notification") & Domain(
            "mail_activity_type_id", "=", False
        )
        return (
            self._get_dealer_author_domain("author_id")
            | Domain("partner_ids", "in", self.partner_id.ids)
            | discussion
            | log
        )

    @api.private
    def dealer_attachment_domain(self):
        """Domain of the attachments: those of no message, or of one he may read."""
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        return Domain("fence_message_ids", "=", False) | Domain(
            "fence_message_ids", "any", self.dealer_message_domain()
        )

    @api.private
    def dealer_activity_domain(self):
        """Domain of the activities: given to or planned by his dealer's people."""
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        return Domain("user_id.dealer_id", "in", self.dealer_id.ids) | Domain(
            "create_uid.dealer_id", "in", self.dealer_id.ids
        )

    @api.private
    def dealer_notification_domain(self):
        """Domain of the notifications to or from his dealer's people."""
        self.ensure_one()
        if not self.is_dealer:
            return Domain.TRUE
        return self._get_dealer_author_domain(
            "res_partner_id"
        ) | self._get_dealer_author_domain("author_id")

    def _get_dealer_author_domain(self, field_name):
        """Domain: the contact ``field_name`` is one of the people of his dealer."""
        return Domain(field_name, "in", self.partner_id.ids) | Domain(
            f"{field_name}.user_ids.dealer_id", "in", self.dealer_id.ids
        )
