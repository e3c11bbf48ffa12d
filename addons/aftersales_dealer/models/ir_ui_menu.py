from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def _visible_menu_ids(self, debug=False):
        visible = super()._visible_menu_ids(debug)
        if self.env.su or not self.env.user._is_fenced():
            return visible
        return visible & self._get_dealer_menu_ids()

    @api.model
    def _get_dealer_menu_ids(self):
        """The menus a dealer's user may find; all others lead to closed models.

        Extension point: an addon that opens another app to dealers adds its menus.
        """
        root = self.env.ref("aftersales_dealer.menu_root", raise_if_not_found=False)
        if not root:
            return frozenset()
        # sudo: menus are filtered for the user by the caller
        return frozenset(self.sudo().search([("id", "child_of", root.id)]).ids)
