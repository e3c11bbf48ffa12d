from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.aftersales_service.models.aftersales_case_type import SEVERITIES

LEVELS = [
    ("self", "1 – Self Check"),
    ("leader", "2 – Team Leader"),
    ("inspector", "3 – Inspector"),
]


class AftersalesQualityPlan(models.Model):
    """Which repairs are checked, on which levels, for what.

    The first plan in order that fits a repair holds for it.
    """

    _name = "aftersales.quality.plan"
    _description = "Quality check plan"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    # Which repairs
    case_type_ids = fields.Many2many(
        "aftersales.case.type", string="Case Types", help="Empty means all."
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="These and what is below; empty means all.",
    )
    severity = fields.Selection(
        selection=SEVERITIES, string="Fault Level", help="Empty means all."
    )
    dealer_ids = fields.Many2many(
        "aftersales.dealer", string="Dealers", help="Empty means all."
    )
    # Which levels
    check_self = fields.Boolean(
        string="Self Check", default=True, help="The technician checks his own work."
    )
    check_leader = fields.Boolean(
        string="Team Leader",
        help="The service manager of the dealer, who did not repair himself.",
    )
    check_inspector = fields.Boolean(
        string="Inspector",
        help="An inspector of the company, or one whom the dealer has among his staff.",
    )
    item_ids = fields.One2many(
        "aftersales.quality.plan.item", "plan_id", string="Items", copy=True
    )

    @api.constrains("check_self", "check_leader", "check_inspector")
    def _check_any_level(self):
        for plan in self:
            if not plan._get_levels():
                raise ValidationError(
                    self.env._(
                        "Plan %(plan)s demands no check. Tick a level, or archive it.",
                        plan=plan.name,
                    )
                )

    def _get_levels(self):
        """The levels demanded, in their order."""
        return [level for level, _label in LEVELS if self and self[f"check_{level}"]]

    @api.model
    def _find(self, repair):
        """The plan that holds for ``repair``; empty where no check is demanded."""
        ticket = repair.ticket_id
        category = repair.product_id.categ_id
        above = [int(x) for x in (category.parent_path or "").split("/") if x]
        domain = Domain.AND(
            Domain(name, "=", False) | Domain(name, "in", ids)
            for name, ids in (
                ("case_type_ids", ticket.case_type_id.ids),
                ("category_ids", above),
                ("dealer_ids", repair.dealer_id.ids),
                ("severity", [ticket.severity]),
            )
        )
        return self.search(domain, limit=1)
