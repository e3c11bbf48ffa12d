from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesIncomingDefect(models.Model):
    """What was wrong with pieces of the sample; each piece counts once."""

    _name = "aftersales.incoming.defect"
    _description = "Defect found on receipt"
    _order = "inspection_id, id"
    _rec_name = "description"

    inspection_id = fields.Many2one(
        "aftersales.incoming.inspection",
        required=True,
        index=True,
        ondelete="cascade",
    )
    severity = fields.Selection(
        [("critical", "Critical"), ("major", "Major"), ("minor", "Minor")],
        string="Defect Class",
        required=True,
        default="major",
        help="A critical defect rejects the lot, whatever the plan accepts.",
    )
    description = fields.Char(required=True)
    quantity = fields.Integer(
        string="Pieces",
        required=True,
        default=1,
        help="Pieces with this as their worst defect.",
    )
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "A defect concerns at least one piece."
    )

    @api.model_create_multi
    def create(self, vals_list):
        defects = super().create(vals_list)
        defects.inspection_id._check_inspected()
        defects._ensure_undecided()
        return defects

    def write(self, vals):
        self._ensure_undecided()
        result = super().write(vals)
        self._ensure_undecided()
        self.inspection_id._check_inspected()
        return result

    @api.ondelete(at_uninstall=False)
    def _ensure_undecided(self):
        """Findings stand once the lot is decided.

        :raises UserError: names the inspection
        """
        for inspection in self.inspection_id.filtered(lambda i: i.state != "pending"):
            raise UserError(
                self.env._(
                    "%(inspection)s is decided; its findings stand.",
                    inspection=inspection.name,
                )
            )
