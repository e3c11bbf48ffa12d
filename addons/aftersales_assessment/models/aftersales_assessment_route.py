from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.aftersales_service.models.aftersales_case_type import SEVERITIES

ACTORS = [
    ("dealer", "Dealer"),
    ("technical", "Technical Department"),
    ("sales_rep", "Sales Representative"),
]
YES_NO = [("yes", "Yes"), ("no", "No")]


class AftersalesAssessmentRoute(models.Model):
    """A rule that says who acts on a case; the first that fits counts.

    Every condition that is set must hold; one left empty holds always.
    """

    _name = "aftersales.assessment.route"
    _description = "Assessment route"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    # Conditions
    fault_ids = fields.Many2many(
        "aftersales.fault",
        string="Symptoms",
        domain=[("kind", "=", "symptom")],
        help="These symptoms and those below them; empty means any.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Machines of these categories and of those below; empty means any.",
    )
    part_class_ids = fields.Many2many(
        "aftersales.part.class",
        string="Part Classes",
        help="The suspected part is of one of these; empty means any.",
    )
    level = fields.Selection(
        selection=SEVERITIES, help="Only faults of this level; empty means any."
    )
    bought_in = fields.Selection(
        selection=YES_NO, help="Whether the suspected unit is bought in."
    )
    unusual = fields.Selection(
        selection=YES_NO,
        string="Unusual Fault",
        help="Whether the fault is out of the ordinary.",
    )
    covered = fields.Selection(
        selection=YES_NO, string="In Cover", help="Whether the case is in cover."
    )
    # Who acts
    actor = fields.Selection(selection=ACTORS, required=True, default="dealer")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain=[("share", "=", False), ("dealer_id", "=", False)],
        help="Who gets the activity. For the dealer it is his manager, for the sales "
        "representative the dealer's own; this user stands in when there is none.",
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team", help="Team that the case is moved to."
    )
    service_level_id = fields.Many2one(
        "aftersales.service.level", help="Service level that the case gets."
    )
    note = fields.Text(
        string="What to Do",
        translate=True,
        help="Put into the activity of whoever acts.",
    )

    @api.constrains("user_id")
    def _check_user(self):
        for route in self:
            if route.user_id.dealer_id:
                raise ValidationError(
                    self.env._(
                        "Route %(route)s: %(user)s works for a dealer. Choose one of "
                        "the company's people; a dealer's manager is found by himself.",
                        route=route.name,
                        user=route.user_id.name,
                    )
                )

    def _is_applicable(self, assessment):
        """Whether every condition of the route holds for ``assessment``."""
        self.ensure_one()
        return (
            self._is_below(assessment.fault_id, self.fault_ids)
            and self._is_below(assessment.product_id.categ_id, self.category_ids)
            and (
                not self.part_class_ids
                or assessment.part_class_id in self.part_class_ids
            )
            and (not self.level or assessment.level == self.level)
            and self._is_answer(self.bought_in, assessment.is_bought_in)
            and self._is_answer(self.unusual, assessment.is_unusual)
            and self._is_answer(self.covered, assessment.covered)
        )

    @api.model
    def _is_answer(self, wanted, given):
        return not wanted or (wanted == "yes") == bool(given)

    @api.model
    def _is_below(self, record, tops):
        """Whether ``record`` is one of ``tops`` or below; any when there is none."""
        if not tops:
            return True
        path = record._origin.parent_path or ""
        return any(path.startswith(top.parent_path) for top in tops._origin)
