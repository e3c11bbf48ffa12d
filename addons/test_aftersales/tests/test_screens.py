from lxml import etree

from odoo.tests import tagged

from .common import StoryCommon

ROWS = 5


@tagged("post_install", "-at_install")
class TestScreens(StoryCommon):
    """Each window of our addons opens on what there is, and on a new record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._register_card()
        repair = cls._repair(cls._dispatch(cls._take_call()))
        cls._send_old_parts(repair)
        cls._inspect(repair.old_part_ids)
        cls._file_claim(repair)
        cls._settle()

    def _get_actions(self, user, operation):
        """Windows on models that the user may use so, dialogs aside."""
        kind = "ir.actions.act_window"
        rows = self.env["ir.model.data"].search(
            [("model", "=", kind), ("module", "=like", "aftersales%")]
        )
        for action in self.env[kind].browse(rows.mapped("res_id")):
            model = self.env[action.res_model].with_user(user)
            if not model._transient and model.has_access(operation):
                yield action, model

    @staticmethod
    def _get_specification(arch):
        """The fields of a view, with those of the lists inside of it."""
        return {
            node.get("name"): {"fields": TestScreens._get_specification(node)}
            if len(node)
            else {}
            for node in arch.xpath(
                ".//field[count(ancestor::field) = $depth]",
                depth=len(arch.xpath("ancestor-or-self::field")),
            )
        }

    def _get_views(self, action, model):
        views = model.get_views([(view, kind) for view, kind in action.views])["views"]
        return {kind: etree.fromstring(view["arch"]) for kind, view in views.items()}

    def _open(self, action, model):
        """Read as the web client does: the fields of each view of the window."""
        names = set()
        for arch in self._get_views(action, model).values():
            names |= set(self._get_specification(arch))
        specification = {name: {} for name in names if name in model._fields}
        model.search([], limit=ROWS).web_read(specification)

    def _press_new(self, action, model):
        """The defaults of a new record, and of a new line in each of its lists."""
        form = self._get_views(action, model).get("form")
        if form is None or form.get("create") in ("0", "false"):
            return
        specification = self._get_specification(form)
        model.onchange({}, [], specification)
        for name, inside in specification.items():
            lines = inside.get("fields")
            comodel = model._fields[name].comodel_name
            if lines and model.env[comodel].has_access("create"):
                model.env[comodel].onchange({}, [], lines)

    def _for_every_window(self, user, operation, step):
        done = 0
        for action, model in self._get_actions(user, operation):
            with self.subTest(user=user.login, action=action.get_external_id()):
                step(action, model)
                done += 1
        return done

    def test_the_manager_opens_every_window(self):
        count = self._for_every_window(self.user_manager, "read", self._open)
        self.assertGreater(count, 100)

    def test_the_dealer_opens_every_window_he_may(self):
        count = self._for_every_window(self.user_manager_a, "read", self._open)
        self.assertGreater(count, 50)

    def test_new_is_pressed_in_every_window(self):
        for user in (self.user_manager, self.user_manager_a):
            count = self._for_every_window(user, "create", self._press_new)
            self.assertGreater(count, 20)
