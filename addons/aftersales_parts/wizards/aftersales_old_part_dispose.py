from odoo import api, fields, models


class AftersalesOldPartDispose(models.TransientModel):
    """Bring decided old parts to the good store, the waste store or the supplier."""

    _name = "aftersales.old.part.dispose"
    _description = "Bring decided old parts away"

    old_part_ids = fields.Many2many(
        "aftersales.old.part", string="Old Parts", required=True
    )
    note = fields.Char(
        string="Paper",
        required=True,
        help="Waste paper, supplier's return number: where it can be followed.",
    )
    usable_count = fields.Integer(string="Usable", compute="_compute_counts")
    scrap_count = fields.Integer(string="Waste", compute="_compute_counts")
    supplier_count = fields.Integer(string="To Suppliers", compute="_compute_counts")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    unit_value = fields.Monetary(
        string="Value of a Usable Piece",
        help="What each usable piece is worth in our books from now on.",
    )

    @api.depends("old_part_ids")
    def _compute_counts(self):
        for wizard in self:
            kinds = wizard.old_part_ids.mapped("disposition")
            wizard.usable_count = kinds.count("usable")
            wizard.scrap_count = kinds.count("scrap")
            wizard.supplier_count = kinds.count("supplier")

    def action_apply(self):
        self.ensure_one()
        self.old_part_ids._dispose(self.note, self.unit_value)
        return {"type": "ir.actions.act_window_close"}
