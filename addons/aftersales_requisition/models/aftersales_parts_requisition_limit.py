from odoo import api, fields, models

AGENT = "agent"
MANAGER = "manager"
KEEPER = "keeper"


class AftersalesPartsRequisitionLimit(models.Model):
    """Up to which value a role may approve a requisition of parts.

    A row for the dealer's grade goes before the row for all grades. Whoever asks for
    no more than his own role may approve needs nobody else. The after-sales manager
    approves any value.
    """

    _name = "aftersales.parts.requisition.limit"
    _description = "Requisition limit"
    _order = "grade_id, amount"

    role = fields.Selection(
        [
            (AGENT, "Dealer's Agent or Technician"),
            (MANAGER, "Dealer's Manager"),
            (KEEPER, "Parts Keeper of the Company"),
        ],
        required=True,
    )
    grade_id = fields.Many2one(
        "aftersales.dealer.grade",
        ondelete="cascade",
        help="Empty: dealers of all grades that have no row of their own.",
    )
    amount = fields.Monetary(
        required=True, help="Highest value, at the dealer's prices, before tax."
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    active = fields.Boolean(default=True)

    _role_uniq = models.UniqueIndex(
        "(role, COALESCE(grade_id, 0)) WHERE active",
        "This role has a limit for this grade already; change that one.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A limit is not negative."
    )

    @api.depends("role", "grade_id")
    def _compute_display_name(self):
        labels = dict(self._fields["role"]._description_selection(self.env))
        for limit in self:
            names = (labels.get(limit.role), limit.grade_id.name)
            limit.display_name = " / ".join(name for name in names if name)

    @api.model
    def _get_row(self, role, grade):
        """The row that binds ``role`` for a dealer of ``grade``; empty without one."""
        # sudo: limits are rules of the company that bind everybody
        rows = self.sudo().search(
            [("role", "=", role), ("grade_id", "in", [grade.id, False])]
        )
        return (rows.filtered("grade_id") or rows)[:1]

    @api.model
    def _get_role(self):
        """The role whose limit binds the current user; None for no limit at all."""
        user = self.env.user
        if user.has_group("aftersales_dealer.group_manager") and not user.is_dealer:
            return None
        if user.has_group("aftersales_dealer.group_dealer_manager"):
            return MANAGER
        if user.has_group("aftersales_dealer.group_parts_keeper"):
            return KEEPER
        return AGENT
