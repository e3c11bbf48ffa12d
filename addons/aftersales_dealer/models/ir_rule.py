from odoo import api, models, tools
from odoo.fields import Domain

# What the web client and the server need for any internal user. Each row of these is
# public knowledge, the user's own, or fenced by a rule of its own; tests/fence.py says
# which. Every other model is closed to a dealer's users until an addon opens it.
CLIENT_MODELS = frozenset(
    {
        "auth.passkey.key",
        "auth.passkey.key.create",
        "auth_totp.device",
        "auth_totp.wizard",
        "base_import.import",
        "base_import.mapping",
        "change.password.own",
        "discuss.channel",
        "discuss.channel.member",
        "ir.actions.report",
        "ir.attachment",
        "ir.embedded.actions",
        "ir.exports",
        "ir.exports.line",
        "ir.filters",
        "ir.sequence",
        "ir.sequence.date_range",
        "ir.ui.menu",
        "mail.activity",
        "mail.activity.plan",
        "mail.activity.plan.template",
        "mail.activity.schedule",
        "mail.activity.schedule.line",
        "mail.activity.type",
        "mail.alias.domain",
        "mail.compose.message",
        "mail.followers",
        "mail.followers.edit",
        "mail.message",
        "mail.message.subtype",
        "mail.notification",
        "mail.scheduled.message",
        "report.paperformat",
        "res.company",
        "res.country",
        "res.country.group",
        "res.country.state",
        "res.currency",
        "res.currency.rate",
        "res.device",
        "res.lang",
        "res.partner",
        "res.partner.category",
        "res.partner.industry",
        "res.users",
        "res.users.apikeys",
        "res.users.apikeys.description",
        "res.users.apikeys.show",
        "res.users.identitycheck",
        "res.users.settings",
        "res.users.settings.embedded.action",
        "res.users.settings.volumes",
        "resource.calendar",
        "resource.calendar.attendance",
        "uom.uom",
        "web_tour.tour",
        "web_tour.tour.step",
        "website",
    }
)
OPENING_GROUPS = (
    "aftersales_dealer.group_dealer_user",
    "aftersales_dealer.group_dealer_manager",
)


class IrRule(models.Model):
    """Closed by default: the fence also holds against models nobody thought of.

    A dealer's user is an internal user, and every installed module gives those
    something to read. So a model is open to him only when it is one of ours, one of
    :data:`CLIENT_MODELS`, or when an access row names a dealer group for it. In any
    other model he finds no row, whatever rights he has: a rule without a record, which
    AND-s with all others.
    """

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        if self.env.su or not self.env.user._is_fenced():
            return domain
        if not self._is_open_to_dealers(model_name):
            return Domain.FALSE
        if self.env[model_name].is_transient():
            # core leaves the wizards of all users open to each other
            return domain & Domain("create_uid", "=", self.env.uid)
        return domain

    @api.model
    @tools.ormcache("model_name")
    def _is_open_to_dealers(self, model_name):
        """Whether a dealer's user may have rows of this model, as its rules say."""
        if model_name.startswith("aftersales.") or model_name in CLIENT_MODELS:
            return True
        groups = self.env["res.groups"].browse()
        for xmlid in OPENING_GROUPS:
            groups |= self.env.ref(xmlid, raise_if_not_found=False) or groups
        # sudo: users may not read access rows; only whether there is one is told
        return bool(
            self.env["ir.model.access"]
            .sudo()
            .search_count(
                [("model_id.model", "=", model_name), ("group_id", "in", groups.ids)],
                limit=1,
            )
        )
