from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesImportMapping(models.Model):
    """How the columns of a layout were mapped last time, so that nobody maps twice.

    A layout is the set of a header row's texts. A dealer's own memory comes before the
    company's.
    """

    _name = "aftersales.import.mapping"
    _description = "Remembered import mapping"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "write_date desc, id desc"

    name = fields.Char(string="Headers", required=True, readonly=True)
    kind = fields.Selection(selection="_get_kinds", required=True, readonly=True)
    signature = fields.Char(required=True, readonly=True, index=True)
    columns = fields.Json(readonly=True, help="Header text -> field key.")

    _layout_uniq = models.UniqueIndex(
        "(kind, signature, COALESCE(dealer_id, 0))",
        "This layout is remembered already.",
    )

    @api.model
    def _get_kinds(self):
        return self.env["aftersales.import.field"]._get_kinds()

    @api.model
    def _recall(self, kind, dealer):
        """Signature -> mapping of the known layouts, the dealer's own first."""
        domain = Domain("kind", "=", kind) & Domain(
            "dealer_id", "in", [*dealer.ids, False]
        )
        # sudo: the company's memory helps a dealer too; it holds headers only
        mappings = self.sudo().search(domain, order="dealer_id, id")
        known = {}
        for mapping in mappings.sorted(lambda m: not m.dealer_id):
            known.setdefault(mapping.signature, mapping.columns)
        return known

    @api.model
    def _remember(self, kind, dealer, signature, columns):
        """Keep ``columns`` (header text -> field key) as the mapping of a layout."""
        # sudo: the memory is written for the user, never by him
        mappings = self.sudo()
        vals = {"columns": columns, "name": ", ".join(columns)}
        known = mappings.search(
            [
                ("kind", "=", kind),
                ("signature", "=", signature),
                ("dealer_id", "=", dealer.id),
            ]
        )
        if not known:
            key = {"kind": kind, "signature": signature, "dealer_id": dealer.id}
            mappings.create({**vals, **key})
        elif known.columns != columns:
            known.write(vals)
