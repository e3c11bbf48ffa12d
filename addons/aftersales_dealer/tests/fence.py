"""The fence as data: every model that a dealer's user can read, and why that is safe.

A model that an addon opens to dealers is declared either in a ``REFERENCE`` dict, with
the reason why its rows are harmless, or as fenced, by a row of another dealer in
``_create_fenced_rows``. :class:`FenceChecks` proves the fenced closed and refuses any
model that is in neither table. ``test_aftersales`` declares those of the addons above
and lets the whole main line make the rows.
"""

from contextlib import suppress
from typing import NamedTuple

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw

OWN = "a user's own rows only: core's rule on the user"
PUBLIC = "public knowledge, the same in every database"
CATALOGUE = "catalogue of what the maker sells; costs are hidden by field groups"
CLIENT = "configuration that the web client needs; names no dealer"

REFERENCE = {
    "aftersales.dealer.grade": "names of the grades; which dealer has one is fenced",
    "auth.passkey.key": OWN,
    "auth_totp.device": OWN,
    "base_import.mapping": "remembered column names of imported files; no data",
    "hr.skill": "names of skills; who has one is fenced",
    "hr.skill.level": "names of levels",
    "hr.skill.type": "names of kinds of skills",
    "ir.actions.report": CLIENT,
    "ir.embedded.actions": CLIENT,
    "ir.exports": "remembered lists of field names; no data",
    "ir.exports.line": "remembered lists of field names; no data",
    "ir.filters": "own and global filters: a domain, not its result",
    "ir.sequence": "number series; every document's number tells as much",
    "ir.sequence.date_range": "number series; every document's number tells as much",
    "ir.ui.menu": CLIENT,
    "mail.activity.plan": CLIENT,
    "mail.activity.plan.template": CLIENT,
    "mail.activity.type": CLIENT,
    "mail.alias.domain": "the company's mail domain, as in each of its addresses",
    "mail.message.subtype": CLIENT,
    "product.attribute": CATALOGUE,
    "product.attribute.custom.value": CATALOGUE,
    "product.attribute.value": CATALOGUE,
    "product.category": CATALOGUE,
    "product.product": CATALOGUE,
    "product.tag": CATALOGUE,
    "product.template": CATALOGUE,
    "product.template.attribute.exclusion": CATALOGUE,
    "product.template.attribute.line": CATALOGUE,
    "product.template.attribute.value": CATALOGUE,
    "product.uom": CATALOGUE,
    "report.paperformat": CLIENT,
    "res.company": "the companies the user works in, as on every printed form",
    "res.country": PUBLIC,
    "res.country.group": PUBLIC,
    "res.country.state": PUBLIC,
    "res.currency": PUBLIC,
    "res.currency.rate": "rates of the user's own companies",
    "res.device": OWN,
    "res.lang": PUBLIC,
    "res.partner.category": "names of tags; which contact bears one is fenced",
    "res.partner.industry": PUBLIC,
    "res.users.apikeys": OWN,
    "res.users.settings": OWN,
    "res.users.settings.embedded.action": OWN,
    "res.users.settings.volumes": OWN,
    "resource.calendar": "working hours of the company",
    "resource.calendar.attendance": "working hours of the company",
    "uom.uom": PUBLIC,
    "web_tour.tour": CLIENT,
    "website": "the company's public web sites",
    "web_tour.tour.step": CLIENT,
}
# Names that smell of what the company pays or earns. A field of a model open to dealers
# with such a name must be hidden from them, or stand here with its reason.
COST_WORDS = ("cost", "standard_price", "margin", "valu", "purchase", "supplier")
HARMLESS_FIELDS = {
    f"report.paperformat.margin_{side}": "millimetres of paper"
    for side in ("top", "bottom", "left", "right")
} | {
    "mail.message.rating_value": "stars of a customer",
    "product.product.purchased_product_qty": "counts orders, which are closed",
    "product.template.purchased_product_qty": "counts orders, which are closed",
    "res.company.days_to_purchase": "a setting of the company's planning",
}


class Fenced(NamedTuple):
    """Another dealer's row, and an own one that proves the model is not just shut."""

    foreign: models.BaseModel
    own: models.BaseModel | None = None


class FenceChecks:
    """The checks; mix it into a test case that is an ``AftersalesCommon``.

    The people of dealer ``intruder`` try to reach rows of dealer ``owner``.
    """

    reference = REFERENCE
    harmless_fields = HARMLESS_FIELDS
    # The addon whose models are looked at; None for those of all our addons.
    addon = None
    owner, intruder = "b", "a"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        side = cls._get_side(cls.intruder)
        cls.intruders = side["agent"] | side["manager"]
        # the right to export is a setting; the fence has to hold with it, too
        export = cls.env.ref("base.group_allow_export")
        cls.intruders.write({"group_ids": [(4, export.id)]})
        cls.fenced = cls._create_fenced_rows()

    @classmethod
    def _get_side(cls, side):
        """The dealer ``a`` or ``b`` and his two users."""
        return {
            "dealer": getattr(cls, f"dealer_{side}"),
            "agent": getattr(cls, f"user_agent_{side}"),
            "manager": getattr(cls, f"user_manager_{side}"),
        }

    @classmethod
    def _create_fenced_rows(cls):
        """Rows per fenced model; extend with ``{**super()…, model: Fenced(…)}``.

        :return: dict of model name to :class:`Fenced`
        """
        foreign, own = cls._create_side(cls.owner), cls._create_side(cls.intruder)
        rows = {model: Fenced(foreign[model], own[model]) for model in foreign}
        # open to whoever takes part, and the intruder takes part in none
        for model in ("discuss.channel", "discuss.channel.member"):
            rows[model] = Fenced(foreign[model])
        # a note to come is its author's alone
        rows["mail.scheduled.message"] = Fenced(foreign["mail.scheduled.message"])
        return rows

    @classmethod
    def _create_side(cls, side):
        """Rows of one dealer: himself, his people, a customer and what hangs on him."""
        dealer, agent, manager = cls._get_side(side).values()
        env = cls.env
        customer = cls._create_customer(dealer, f"Customer of {side}")
        message = customer.message_post(
            body=f"Note of {side}",
            author_id=manager.partner_id.id,
            partner_ids=agent.partner_id.ids,
            attachments=[(f"{side}.txt", b"secret")],
        )
        customer.message_subscribe(manager.partner_id.ids)
        channel = env["discuss.channel"]._create_group(
            partners_to=(manager | cls.user_support).partner_id.ids
        )
        return {
            "aftersales.dealer": dealer,
            "aftersales.staff": cls._create_staff(manager, "manager"),
            "discuss.channel": channel,
            "discuss.channel.member": channel.channel_member_ids[:1],
            "ir.attachment": message.attachment_ids,
            "mail.activity": customer.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=manager.id,
                summary=f"Call {side}",
            ),
            "mail.followers": customer.message_follower_ids.filtered(
                lambda f: f.partner_id == manager.partner_id
            ),
            "mail.message": message,
            "mail.notification": message.notification_ids,
            "mail.scheduled.message": env["mail.scheduled.message"].create(
                {
                    "author_id": manager.partner_id.id,
                    "model": customer._name,
                    "res_id": customer.id,
                    "body": "Later",
                    "scheduled_date": "2100-01-01 00:00:00",
                }
            ),
            "res.partner": customer,
            "res.users": agent,
        }

    # -- every model is classified -------------------------------------------

    @classmethod
    def _get_readable_models(cls, user):
        """Models with an access row that lets ``user`` read, by name.

        Dialogs are left out: of those everybody has his own rows only.
        """
        access = cls.env(user=user)["ir.model.access"]
        return {
            name
            for name, model in cls.env.registry.items()
            if not model._abstract
            and not model._transient
            and access.check(name, "read", False)
        } - cls._get_models_of_other_addons()

    @classmethod
    def _get_models_of_other_addons(cls):
        """Models that our other addons bring or open; their tests look at those."""
        if not cls.addon:
            return set()
        rows = cls.env["ir.model.data"].search(
            [
                ("model", "=", "ir.model.access"),
                ("module", "=like", "aftersales%"),
                ("module", "!=", cls.addon),
            ]
        )
        access = cls.env["ir.model.access"].browse(rows.mapped("res_id"))
        return set(access.model_id.mapped("model"))

    @classmethod
    def _get_open_models(cls, user):
        rule = cls.env(user=user)["ir.rule"]
        return {
            name
            for name in cls._get_readable_models(user)
            if not rule._compute_domain(name, "read").is_false()
        }

    def assert_all_models_classified(self, user):
        declared = set(self.reference) | set(self.fenced)
        unknown = sorted(self._get_open_models(user) - declared)
        self.assertFalse(
            unknown,
            "open to dealers, but neither fenced nor declared harmless in a table",
        )

    def assert_closed_models_are_empty(self, user):
        """What is not open has no row for a dealer's user, though it has rows."""
        open_models = self._get_open_models(user)
        for name in sorted(self._get_readable_models(user) - open_models):
            model = self.env[name]
            if not model._auto:
                continue
            row = model.sudo().with_context(active_test=False).search([], limit=1)
            with self.subTest(model=name):
                self.assertFalse(model.with_user(user).search([], limit=1))
                if row:
                    with self.assertRaises(AccessError):
                        row.with_user(user).read(["id"])

    def assert_reference_models_belong_to_nobody(self):
        for name in sorted(set(self.reference) & set(self.env.registry)):
            model = self.env[name]
            owners = [
                field.name
                for field in model._fields.values()
                if field.comodel_name == "aftersales.dealer"
                and field.type == "many2one"
                and model._has_field_access(field, "read")
            ]
            self.assertFalse(owners, f"{name} names a dealer: fence it")

    def assert_costs_hidden(self, user):
        for name in sorted(self._get_open_models(user)):
            model = self.env[name].with_user(user)
            for field in model._fields.values():
                if (
                    field.type in ("float", "monetary")
                    and any(word in field.name for word in COST_WORDS)
                    and f"{name}.{field.name}" not in self.harmless_fields
                ):
                    with self.subTest(field=f"{name}.{field.name}"):
                        self.assertFalse(
                            model._has_field_access(field, "read"),
                            "may tell a dealer what we pay",
                        )

    # -- a fenced row --------------------------------------------------------

    def _call(self, user, model, method, *args, **kwargs):
        """What a remote call of ``user`` answers."""
        return call_kw(self.env(user=user)[model], method, args, kwargs)

    def assert_fenced(self, user, model, rows):
        """Every verb on the foreign row, each as a remote call of ``user``."""
        foreign, ids = rows.foreign, rows.foreign.ids
        by_id = [("id", "in", ids)]
        for method, args in (
            ("read", (ids, ["id"])),
            ("web_read", (ids, {"display_name": {}})),
            ("export_data", (ids, ["display_name"])),
            ("write", (ids, self._get_harmless_vals(foreign))),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self._call(user, model, method, *args)
        # core lets no quant be copied at all
        with self.subTest(method="copy"), self.assertRaises(UserError):
            self._call(user, model, "copy", ids)
        # some models look for the rows first and find none to delete
        with suppress(AccessError), self.env.cr.savepoint():
            self._call(user, model, "unlink", ids)
        self.assertTrue(foreign.exists())
        with self.subTest("searches"):
            self.assertFalse(self._call(user, model, "search", by_id))
            self.assertFalse(self._call(user, model, "search_read", by_id, ["id"]))
            self.assertEqual(self._call(user, model, "search_count", by_id), 0)
            self.assertEqual(
                self._call(user, model, "formatted_read_group", by_id, [], ["__count"]),
                [{"__extra_domain": [(1, "=", 1)], "__count": 0}],
            )
            if foreign._rec_name or foreign._rec_names_search:
                name = foreign[:1].display_name
                found = self._call(user, model, "name_search", name)
                self.assertNotIn(foreign.ids[0], [row[0] for row in found])
        self.assert_foreign_dealer_not_creatable(user, foreign)
        if rows.own:
            own = self._call(user, model, "search", [("id", "in", rows.own.ids)])
            self.assertEqual(own, rows.own.ids, "the fence shuts out the owner")

    def assert_foreign_dealer_not_creatable(self, user, foreign):
        field = foreign._fields.get("dealer_id")
        if not field or field.related or field.compute:
            return
        count = foreign.sudo().search_count([])
        dealer = foreign.sudo()[:1].dealer_id
        vals = foreign.sudo()[:1].copy_data({"dealer_id": dealer.id})
        # the same serial number, say, is refused before the fence is asked
        with self.subTest(method="create"), self.assertRaises(UserError):
            self._call(user, foreign._name, "create", vals)
        self.assertEqual(foreign.sudo().search_count([]), count)

    @staticmethod
    def _get_harmless_vals(record):
        """A value the row has already, so that only the fence can refuse it."""
        for name in ("name", "body", "summary", "description", "active"):
            field = record._fields.get(name)
            if field and field.store and not field.related:
                return {name: record[:1][name]}
        return {}
