from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesCertificateScope(models.Model):
    """What a certificate entitles to: a qualification on certain product families.

    No family means every product. Addons that know operations narrow it further
    (``_concerns``).
    """

    _name = "aftersales.certificate.scope"
    _description = "Qualification"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    categ_ids = fields.Many2many(
        "product.category",
        string="Product Families",
        help="Products of these categories and those below. Empty: all products.",
    )
    validity_months = fields.Integer(
        string="Validity (months)",
        default=24,
        help="How long a certificate is valid; 0 means without end.",
    )
    requirement = fields.Selection(
        selection=[
            ("none", "For Information"),
            ("preferred", "Preferred"),
            ("required", "Required"),
        ],
        default="preferred",
        required=True,
        help="Whether work on these products prefers a holder, or may only be done by "
        "one.",
    )
    skill_id = fields.Many2one(
        "hr.skill", help="Given to the company's own people with the certificate."
    )
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        domain="[('skill_type_id.skill_ids', 'in', skill_id)]",
        help="Level of the skill that the certificate stands for.",
    )
    certificate_ids = fields.One2many("aftersales.certificate", "scope_id")
    valid_count = fields.Integer(
        compute="_compute_valid_count", string="Valid Certificates"
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Another qualification has this code. Choose another code."
    )
    _validity_positive = models.Constraint(
        "CHECK (validity_months >= 0)",
        "The validity cannot be negative. Enter 0 for a certificate without end.",
    )

    def _compute_valid_count(self):
        Certificate = self.env["aftersales.certificate"]
        domain = Domain("scope_id", "in", self.ids) & Certificate._get_valid_domain()
        counts = dict(Certificate._read_group(domain, ["scope_id"], ["__count"]))
        for scope in self:
            scope.valid_count = counts.get(scope, 0)

    @api.model
    def _get_for_product(
        self, product, requirements=("preferred", "required"), work=None
    ):
        """Qualifications that concern work on ``product``.

        :param product: ``product.product`` or ``product.template``, may be empty
        :param requirements: which requirements to return
        :param work: records of what is done, see :meth:`_concerns`
        """
        ancestors = [
            int(i) for i in (product.categ_id.parent_path or "").split("/") if i
        ]
        scopes = self.search(
            Domain("requirement", "in", requirements)
            & (Domain("categ_ids", "=", False) | Domain("categ_ids", "in", ancestors))
        )
        return scopes.filtered(lambda scope: scope._concerns(work))

    def _concerns(self, work):
        """Whether the qualification is about ``work``; extension point.

        :param work: what is done, e.g. ``aftersales.operation``; None when unknown
        """
        self.ensure_one()
        return True

    def action_open_certificates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_certificate.aftersales_certificate_action"
        )
        return {**action, "domain": [("scope_id", "=", self.id)]}
