from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

COORDINATOR = "aftersales_dealer.group_training_coordinator"


class AftersalesCertificate(models.Model):
    """Proof that a person may do certain work, from one day to another.

    Expiry is a date and no state. A certificate is never edited: a wrong one is
    withdrawn with its reason and another one is issued.
    """

    _name = "aftersales.certificate"
    _description = "Certificate"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "aftersales.exclusion.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "valid_from desc, id desc"

    _transitions = {"withdraw": Transition(("active",), "withdrawn", COORDINATOR)}
    _protected_fields = (
        "withdrawn_on",
        "withdrawn_by_id",
        "withdraw_reason",
        "access_token",
        "reminded_days",
        "is_renewed",
    )
    _editable_states = ()
    _always_editable_fields = ("note",)

    name = fields.Char(
        string="Number", required=True, index=True, copy=False, default="/"
    )
    state = fields.Selection(
        selection=[("active", "Issued"), ("withdrawn", "Withdrawn")],
        default="active",
        required=True,
        copy=False,
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Holder", required=True, index=True, ondelete="restrict"
    )
    staff_id = fields.Many2one(
        "aftersales.staff",
        string="Service Staff",
        compute="_compute_staff_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="Empty for a customer's engineer.",
    )
    # The certificate follows its holder when he changes to another dealer.
    dealer_id = fields.Many2one(
        compute="_compute_dealer_id", store=True, precompute=True, default=None
    )
    scope_id = fields.Many2one(
        "aftersales.certificate.scope",
        string="Qualification",
        required=True,
        index=True,
        ondelete="restrict",
    )
    valid_from = fields.Date(
        required=True, default=lambda self: self.env.company._get_local_day()
    )
    valid_to = fields.Date(
        compute="_compute_valid_to",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        help="Last day of validity; empty means without end.",
    )
    hours = fields.Float(string="Training Hours")
    score = fields.Float(string="Result", digits=(5, 2), help="0 to 100.")
    paper_number = fields.Char(
        help="Number of a certificate issued before this system."
    )
    note = fields.Text()
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    is_renewed = fields.Boolean(
        readonly=True, copy=False, help="A later certificate follows this one."
    )
    reminded_days = fields.Integer(
        readonly=True,
        copy=False,
        help="The last reminder was for so many days before expiry; 0: none yet.",
    )
    withdrawn_on = fields.Date(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    withdraw_reason = fields.Text(readonly=True, copy=False, tracking=True)
    can_withdraw = fields.Boolean(compute="_compute_can")

    _name_uniq = models.Constraint(
        "UNIQUE (name)",
        "Another certificate has this number. Leave it “/” for a new one.",
    )
    _dates = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_to >= valid_from)",
        "A certificate cannot end before it begins. Correct the dates.",
    )
    _score_scale = models.Constraint(
        "CHECK (score >= 0 AND score <= 100)", "A result lies between 0 and 100."
    )
    _listed = models.Index("(valid_from DESC, id DESC)")
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(partner_id, partner_id, '[]') WITH &&, "
        "int4range(scope_id, scope_id, '[]') WITH &&, "
        "daterange(valid_from, valid_to, '[]') WITH &&) "
        "WHERE (state = 'active') DEFERRABLE INITIALLY DEFERRED",
        "The person holds a certificate for this qualification in that time already. "
        "Withdraw it, or let the new one begin after it.",
    )

    @api.depends("partner_id")
    def _compute_staff_id(self):
        # sudo: the match is by the person; who may see the staff is the rules' business
        staff = self.env["aftersales.staff"].sudo().with_context(active_test=False)
        found = staff.search([("partner_id", "in", self.partner_id.ids)])
        by_partner = {member.partner_id.id: member.id for member in found}
        for certificate in self:
            certificate.staff_id = by_partner.get(certificate.partner_id.id)

    @api.depends("staff_id.dealer_id")
    def _compute_dealer_id(self):
        for certificate in self:
            # sudo: the staff may be hidden; the record rules see what comes out
            certificate.dealer_id = certificate.sudo().staff_id.dealer_id

    @api.depends("scope_id", "valid_from")
    def _compute_valid_to(self):
        for certificate in self:
            months = certificate.scope_id.validity_months
            certificate.valid_to = (
                certificate.valid_from + relativedelta(months=months, days=-1)
                if months and certificate.valid_from
                else False
            )

    @api.constrains("partner_id", "scope_id", "valid_from", "valid_to", "state")
    def _check_no_overlap(self):
        for certificate in self.filtered(lambda c: c.state == "active"):
            other = certificate._get_overlapping()
            if other:
                raise ValidationError(
                    self.env._(
                        "%(holder)s holds certificate %(number)s for “%(scope)s” from "
                        "%(start)s to %(end)s. Withdraw it first, or let the new one "
                        "begin after it.",
                        holder=certificate.partner_id.name,
                        number=other.name,
                        scope=certificate.scope_id.name,
                        start=other.valid_from,
                        end=other.valid_to or "∞",
                    )
                )
        self._check_exclusion("_no_overlap")

    def _get_overlapping(self):
        self.ensure_one()
        domain = (
            Domain("id", "!=", self.id)
            & Domain("partner_id", "=", self.partner_id.id)
            & Domain("scope_id", "=", self.scope_id.id)
            & Domain("state", "=", "active")
            & (
                Domain("valid_to", "=", False)
                | Domain("valid_to", ">=", self.valid_from)
            )
        )
        if self.valid_to:
            domain &= Domain("valid_from", "<=", self.valid_to)
        return self.search(domain, limit=1)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name)
        certificates = super().create(vals_list)
        certificates._mark_renewed()
        return certificates

    def _mark_renewed(self):
        """Earlier certificates of the same holder and scope need no reminder any
        more."""
        for certificate in self.filtered(lambda c: c.state == "active"):
            # sudo: ``is_renewed`` is closed to users
            certificate.sudo().search(
                [
                    ("partner_id", "=", certificate.partner_id.id),
                    ("scope_id", "=", certificate.scope_id.id),
                    ("valid_from", "<", certificate.valid_from),
                    ("is_renewed", "=", False),
                ]
            ).is_renewed = True

    def _withdraw(self, reason):
        """Take the certificates back from today on; the paper's QR says so at once."""
        self._transition(
            "withdraw",
            {
                "withdrawn_on": self.env.company._get_local_day(),
                "withdrawn_by_id": self.env.uid,
                "withdraw_reason": reason,
            },
        )

    def action_withdraw(self):
        """Ask for the reason; :meth:`_withdraw` does the rest."""
        self._ensure_can("withdraw")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw Certificate"),
            "res_model": "aftersales.certificate.withdraw",
            "view_mode": "form",
            "target": "new",
            "context": {"default_certificate_ids": self.ids},
        }
