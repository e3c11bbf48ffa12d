from lxml import etree

from odoo.tests import tagged

from .common import StoryCommon

ROWS = 5


@tagged("post_install", "-at_install")
class TestScreens(StoryCommon):
    """Each window of our addons opens on what there is, with every field it shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._register_card()
        repair = cls._repair(cls._dispatch(cls._take_call()))
        cls._send_old_parts(repair)
        cls._inspect(repair.old_part_ids)
        cls._file_claim(repair)
        cls._settle()

    def _get_actions(self):
        kind = "ir.actions.act_window"
        rows = self.env["ir.model.data"].search(
            [("model", "=", kind), ("module", "=like", "aftersales%")]
        )
        actions = self.env[kind].browse(rows.mapped("res_id"))
        return actions.filtered(lambda act: not self.env[act.res_model]._transient)

    def _read_window(self, action, user):
        """Read as the web client does: the fields of each view of the window."""
        model = self.env[action.res_model].with_user(user)
        views = model.get_views([(view, kind) for view, kind in action.views])
        names = set()
        for view in views["views"].values():
            arch = etree.fromstring(view["arch"])
            # what stands in a field's own view is another model's
            names |= set(arch.xpath("//field[not(ancestor::field)]/@name"))
        specification = {name: {} for name in names if name in model._fields}
        model.search([], limit=ROWS).web_read(specification)

    def _assert_windows_open(self, user):
        opened = 0
        for action in self._get_actions():
            if not self.env[action.res_model].with_user(user).has_access("read"):
                continue
            with self.subTest(user=user.login, action=action.get_external_id()):
                self._read_window(action, user)
                opened += 1
        return opened

    def test_the_manager_opens_every_window(self):
        self.assertGreater(self._assert_windows_open(self.user_manager), 100)

    def test_the_dealer_opens_every_window_he_may(self):
        self.assertGreater(self._assert_windows_open(self.user_manager_a), 50)
