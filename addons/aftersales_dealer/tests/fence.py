"""The fence as data: every model that a dealer's user can read, and why that is safe.

An addon that opens a model to dealers declares it in its own ``tests/fence.py``: in a
``REFERENCE`` dict with the reason why its rows are harmless, or as fenced, by a row of
dealer B in ``_create_fenced_rows``. :class:`FenceChecks` proves the fenced ones closed
and refuses any model that is in neither table.
"""

from typing import NamedTuple

from odoo import models
from odoo.exceptions import AccessError
from odoo.service.model import call_kw

OWN = "a user's own rows only: core's rule on the user"
PUBLIC = "public knowledge, the same in every database"
CATALOGUE = "catalogue of what the maker sells; costs are hidden by field groups"
CLIENT = "configuration that the web client needs; names no dealer"
WIZARD = "a user's own dialog; its links are guarded"

REFERENCE = {
    "aftersales.dealer.grade": "names of the grades; which dealer has one is fenced",
    "auth.passkey.key": OWN,
    "auth.passkey.key.create": WIZARD,
    "auth_totp.device": OWN,
    "auth_totp.wizard": WIZARD,
    "base_import.import": WIZARD,
    "base_import.mapping": "remembered column names of imported files; no data",
    "change.password.own": WIZARD,
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
    "mail.activity.schedule": WIZARD,
    "mail.activity.schedule.line": WIZARD,
    "mail.activity.type": CLIENT,
    "mail.alias.domain": "the company's mail domain, as in each of its addresses",
    "mail.compose.message": WIZARD,
    "mail.followers.edit": WIZARD,
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
    "res.users.apikeys.description": WIZARD,
    "res.users.apikeys.show": WIZARD,
    "res.users.identitycheck": WIZARD,
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
}


class Fenced(NamedTuple):
    """A row of dealer B, and one of dealer A that proves the model is not just shut."""

    foreign: models.BaseModel
    own: models.BaseModel | None = None


class FenceChecks:
    """The checks; mix it into a test case that is an ``AftersalesCommon``."""

    reference = REFERENCE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the right to export is a setting; the fence has to hold with it, too
        export = cls.env.ref("base.group_allow_export")
        (cls.user_agent_a | cls.user_manager_a).write({"group_ids": [(4, export.id)]})
        cls.fenced = cls._create_fenced_rows()

    @classmethod
    def _create_fenced_rows(cls):
        """Rows per fenced model; extend with ``super() | {…}``.

        :return: dict of model name to :class:`Fenced`
        """
        foreign, own = cls._create_note("b"), cls._create_note("a")
        return {
            "aftersales.dealer": Fenced(cls.dealer_b, cls.dealer_a),
            "aftersales.staff": Fenced(
                cls._create_staff(cls.user_manager_b, "manager"), cls.technician_a
            ),
            "res.partner": Fenced(foreign["customer"], own["customer"]),
            "res.users": Fenced(cls.user_agent_b, cls.user_tech_a),
            "mail.message": Fenced(foreign["message"], own["message"]),
            "mail.notification": Fenced(foreign["notification"]),
            "mail.followers": Fenced(foreign["follower"], own["follower"]),
            "mail.activity": Fenced(foreign["activity"], own["activity"]),
            "mail.scheduled.message": Fenced(foreign["scheduled"]),
            "ir.attachment": Fenced(foreign["attachment"], own["attachment"]),
            "discuss.channel": Fenced(foreign["channel"]),
            "discuss.channel.member": Fenced(foreign["channel"].channel_member_ids[0]),
        }

    @classmethod
    def _create_note(cls, side):
        """A customer of the dealer of ``side`` and what his manager hangs on it."""
        dealer, user = {
            "a": (cls.dealer_a, cls.user_manager_a),
            "b": (cls.dealer_b, cls.user_manager_b),
        }[side]
        env = cls.env
        customer = cls._create_customer(dealer, f"Customer of {side}")
        message = customer.message_post(
            body=f"Note of {side}",
            author_id=user.partner_id.id,
            partner_ids=user.partner_id.ids,
            attachments=[(f"{side}.txt", b"secret")],
        )
        customer.message_subscribe(user.partner_id.ids)
        scheduled = env["mail.scheduled.message"].create(
            {
                "author_id": user.partner_id.id,
                "model": customer._name,
                "res_id": customer.id,
                "body": "Later",
                "scheduled_date": "2100-01-01 00:00:00",
            }
        )
        return {
            "customer": customer,
            "message": message,
            "notification": message.notification_ids
            or env["mail.notification"].create(
                {"mail_message_id": message.id, "res_partner_id": user.partner_id.id}
            ),
            "follower": customer.message_follower_ids.filtered(
                lambda f: f.partner_id == user.partner_id
            ),
            "activity": customer.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary=f"Call {side}"
            ),
            "scheduled": scheduled,
            "attachment": message.attachment_ids,
            "channel": env["discuss.channel"]._create_group(
                partners_to=(user | cls.user_support).partner_id.ids
            ),
        }

    # -- every model is classified -------------------------------------------

    def _get_readable_models(self, user):
        """Models with an access row that lets ``user`` read, by name."""
        access = self.env(user=user)["ir.model.access"]
        return {
            name
            for name, model in self.env.registry.items()
            if not model._abstract and access.check(name, "read", False)
        }

    def _get_open_models(self, user):
        rule = self.env(user=user)["ir.rule"]
        return {
            name
            for name in self._get_readable_models(user)
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
            if model.is_transient():
                continue
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
                    and f"{name}.{field.name}" not in HARMLESS_FIELDS
                ):
                    self.assertFalse(
                        model._has_field_access(field, "read"),
                        f"{name}.{field.name} may tell a dealer what we pay",
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
            ("unlink", (ids,)),
            ("copy", (ids,)),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self._call(user, model, method, *args)
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
        self.assertTrue(foreign.exists())
        self.assert_foreign_dealer_not_creatable(user, foreign)
        if rows.own:
            own = self._call(user, model, "search", [("id", "in", rows.own.ids)])
            self.assertEqual(own, rows.own.ids, "the fence shuts out the owner")

    def assert_foreign_dealer_not_creatable(self, user, foreign):
        field = foreign._fields.get("dealer_id")
        if not field or field.related or field.compute:
            return
        count = foreign.sudo().search_count([])
        vals = foreign.sudo().copy_data({"dealer_id": self.dealer_b.id})
        with self.subTest(method="create"), self.assertRaises(AccessError):
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
