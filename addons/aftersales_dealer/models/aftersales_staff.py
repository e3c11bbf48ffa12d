from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

MANAGER = "aftersales_dealer.group_manager"
LOGIN_GROUPS = (
    "aftersales_dealer.group_dealer_user",
    "aftersales_dealer.group_dealer_manager",
)


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
    phone = fields.Char(compute="_compute_phone", inverse="_inverse_phone")
    email = fields.Char(related="partner_id.email", readonly=False)
    image_128 = fields.Image(related="partner_id.image_128")
    active = fields.Boolean(default=True)
    employee_id = fields.Many2one(
        "hr.employee",
        help="Only for the company's own people.",
        groups="hr.group_hr_user",
    )
    user_id = fields.Many2one("res.users", index="btree_not_null")
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
    can_create_login = fields.Boolean(compute="_compute_can_login")
    can_update_login = fields.Boolean(compute="_compute_can_login")

    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id)", "This contact is service staff already."
    )
    _user_uniq = models.Constraint(
        "UNIQUE (user_id)", "This user is linked to another service staff record."
    )

    @api.depends("partner_id.phone")
    def _compute_phone(self):
        for staff in self:
            staff.phone = staff.partner_id.phone

    def _inverse_phone(self):
        # sudo: core lets only administrators change the contact of a user; whoever may
        # write the staff record keeps the telephone number right
        for staff in self.sudo():
            staff.partner_id.phone = staff.phone

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
                        "%(staff)s works for dealer %(dealer)s and cannot be one of "
                        "our employees. Clear either the dealer or the employee.",
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

    @api.model_create_multi
    def create(self, vals_list):
        """A name without a contact makes the contact, registered by the same dealer."""
        nameless = [v for v in vals_list if not v.get("partner_id") and v.get("name")]
        partners = self.env["res.partner"].create(
            [self._prepare_partner_vals(vals) for vals in nameless]
        )
        for vals, partner in zip(nameless, partners, strict=True):
            vals["partner_id"] = partner.id
        return super().create(vals_list)

    @api.model
    def _prepare_partner_vals(self, vals):
        default = self.default_get(["dealer_id"]).get("dealer_id")
        return {
            "name": vals["name"],
            "phone": vals.get("phone"),
            "email": vals.get("email"),
            "dealer_id": vals.get("dealer_id", default),
        }

    def write(self, vals):
        if vals.get("active") is False:
            self._close_logins()
        return super().write(vals)

    def _close_logins(self):
        """Who leaves his dealer's service can no longer log in.

        :raises UserError: for the user's own record
        """
        self.check_access("write")
        if self.env.user in self.user_id:
            raise UserError(
                self.env._(
                    "You cannot archive your own staff record; you would lock yourself "
                    "out. Ask a colleague."
                )
            )
        # sudo: a dealer's manager keeps his staff, but users are the company's
        self.sudo().filtered("dealer_id").user_id.active = False

    # -- logins --------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("user_id", "user_id.group_ids", "role", "dealer_id", "active")
    def _compute_can_login(self):
        allowed = self.env.user.has_group(MANAGER)
        for staff in self:
            # sudo: the groups of a user are not for everybody to read
            user = staff.sudo().user_id
            held = user.group_ids & self._get_all_login_groups()
            own = allowed and staff.active and bool(staff.dealer_id)
            staff.can_create_login = own and not user
            staff.can_update_login = (
                own and bool(user) and held != staff._get_login_group()
            )

    @api.model
    def _get_all_login_groups(self):
        groups = [self.env.ref(xmlid) for xmlid in LOGIN_GROUPS]
        return self.env["res.groups"].union(*groups)

    def _get_login_group(self):
        """The group of a dealer's person, by his role."""
        self.ensure_one()
        return self.env.ref(LOGIN_GROUPS[self.role == "manager"])

    def action_create_login(self):
        """Give each person a user of his dealer, with the rights of his role.

        He gets the invitation to choose a password by e-mail.

        :raises AccessError: the user is no after-sales manager
        :raises UserError: a person is one of ours, has a login, no e-mail, or one that
            another user logs in with; or the dealer may not open new work
        """
        self._ensure_login_manager()
        for staff in self:
            staff._ensure_can_have_login()
        self.dealer_id._ensure_may_operate()
        for staff in self:
            # sudo: users are the administrators'; the right was checked above
            user = self.env["res.users"].sudo().create(staff._prepare_user_vals())
            staff.user_id = user
            staff.message_post(body=self.env._("Login %s created.", user.login))

    def action_update_login(self):
        """Give each user the rights of his role, and no others of a dealer.

        :raises AccessError: the user is no after-sales manager
        """
        self._ensure_login_manager()
        groups = self._get_all_login_groups()
        for staff in self.filtered("can_update_login"):
            group = staff._get_login_group()
            # sudo: users are the administrators'; the right was checked above
            staff.user_id.sudo().group_ids = [
                *(Command.unlink(id_) for id_ in (groups - group).ids),
                Command.link(group.id),
            ]
            staff.message_post(
                body=self.env._("Login now has the rights of %s.", group.name)
            )

    @api.model
    def _ensure_login_manager(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Only the after-sales manager gives logins. Ask him for one."
                )
            )

    def _ensure_can_have_login(self):
        """:raises UserError: see :meth:`action_create_login`"""
        self.ensure_one()
        if not self.dealer_id:
            raise UserError(
                self.env._(
                    "%(staff)s is one of our own people. An administrator creates the "
                    "user in the settings; link it here.",
                    staff=self.name,
                )
            )
        if self.user_id:
            raise UserError(
                self.env._(
                    "%(staff)s already logs in as %(login)s.",
                    staff=self.name,
                    login=self.user_id.login,
                )
            )
        if not self.email:
            raise UserError(
                self.env._(
                    "%(staff)s has no e-mail address. Enter it: the invitation goes "
                    "there, and it becomes the login.",
                    staff=self.name,
                )
            )
        # sudo: a login is taken whoever has it, also an archived user
        users = self.env["res.users"].sudo().with_context(active_test=False)
        if users.search_count([("login", "=ilike", self.email.strip())], limit=1):
            raise UserError(
                self.env._(
                    "%(staff)s: another user logs in as %(email)s. Enter an address of "
                    "his own, or ask an administrator to reopen that user.",
                    staff=self.name,
                    email=self.email,
                )
            )

    def _prepare_user_vals(self):
        self.ensure_one()
        company = self.dealer_id.company_id
        return {
            "partner_id": self.partner_id.id,
            "login": self.email.strip(),
            "dealer_id": self.dealer_id.id,
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(self._get_login_group().ids)],
        }
