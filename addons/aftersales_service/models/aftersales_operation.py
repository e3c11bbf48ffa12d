from odoo import fields, models


class AftersalesOperation(models.Model):
    """A piece of work with the time that is paid for it, whoever takes longer.

    ``hours`` is the flat rate: hours of labour for one time of the operation.
    """

    _name = "aftersales.operation"
    _description = "Repair operation"
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    hours = fields.Float(
        string="Flat-rate Hours", required=True, digits=(6, 2), aggregator="avg"
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Offered for these products; empty means for all of them.",
    )
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "An operation with this code exists."
    )
    _hours_positive = models.Constraint(
        "CHECK (hours > 0)", "The flat-rate hours of an operation must be above zero."
    )

    def _compute_display_name(self):
        for operation in self:
            operation.display_name = f"[{operation.code}] {operation.name or ''}"
