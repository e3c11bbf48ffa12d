from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesStaff(models.Model):
    """A person who gives service, of the company or of a dealer.

    Dealer people are no employees of ours; only the company's own people are linked to
    an ``hr.employee``. An empty dealer means the company.
    """

    _name = "aftersales.staff"
    _description = "Service staff"
    _inherit = ["aftersales.dealer.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "dealer_id, name"

    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="partner_id.name", store=True, readonly=False)
    phone = fields.Char(related="partner_id.phone", readonly=False)
    email = fields.Char(related="partner_id.email", readonly=False)
    image_128 = fields.Image(related="partner_id.image_128")
    active = fields.Boolean(default=True)
    employee_id = fields.Many2one(
        "hr.employee",
        help="Only for the company's own people.",
        groups="hr.group_hr_user",
    )
    user_id = fields.Many2one("res.users", string="User", index="btree_not_null")
    role = fields.Selection(
        selection=[
            ("manager", "Service Manager"),
            ("technician", "Technician"),
            ("agent", "Service Agent"),
            ("inspector", "Inspector"),
            ("trainer", "Trainer"),
        ],
        required=True,
        default="technician",
        tracking=True,
    )
    skill_ids = fields.Many2many("hr.skill", string="Skills")
    workload = fields.Integer(
        compute="_compute_workload", help="Open jobs assigned to this person."
    )

    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id)", "This contact is service staff already."
    )
    _user_uniq = models.Constraint(
        "UNIQUE (user_id)", "This user is linked to another service staff record."
    )

    def _compute_workload(self):
        """Extension point: addons with jobs count the open ones."""
        self.workload = 0

    @api.constrains("dealer_id", "user_id", "employee_id")
    def _check_same_side(self):
        # sudo: employee and user may be hidden from a dealer's manager
        for staff in self.sudo():
            if staff.dealer_id and staff.employee_id:
                raise ValidationError(
                    self.env._(
                        "%(staff)s works for dealer %(dealer)s and cannot be one of our "
                        "employees. Clear either the dealer or the employee.",
                        staff=staff.name,
                        dealer=staff.dealer_id.display_name,
                    )
                )
            if staff.user_id and staff.user_id.dealer_id != staff.dealer_id:
                raise ValidationError(
                    self.env._(
                        "%(staff)s and the user %(user)s belong to different dealers. "
                        "Choose a user of the same dealer.",
                        staff=staff.name,
                        user=staff.user_id.login,
                    )
                )
