from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

COORDINATOR = "aftersales_dealer.group_training_coordinator"


class AftersalesTrainingCourse(models.Model):
    """What is taught, and how it is examined. A released version does not change:
    marks and certificates refer to it. Changes make a new version."""

    _name = "aftersales.training.course"
    _description = "Training Course"
    _inherit = ["aftersales.transition.mixin", "mail.thread"]
    _order = "code, version desc"
    _rec_names_search = ["name", "code"]

    _transitions = {
        "release": Transition(("draft",), "released", COORDINATOR),
        "retire": Transition(("released",), "retired", COORDINATOR),
    }
    _editable_states = ("draft",)
    _always_editable_fields = ("material_ids", "previous_id")
    _protected_fields = ("version",)

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, index=True)
    version = fields.Integer(default=1, readonly=True, copy=False)
    previous_id = fields.Many2one(
        "aftersales.training.course", string="Previous Version", readonly=True
    )
    state = fields.Selection(
        selection=[
            ("draft", "In Preparation"),
            ("released", "Released"),
            ("retired", "Retired"),
        ],
        default="draft",
        required=True,
        tracking=True,
    )
    topic_id = fields.Many2one(
        "aftersales.training.topic", required=True, index=True, ondelete="restrict"
    )
    content = fields.Selection(related="topic_id.content", store=True)
    hours = fields.Float(default=8, required=True)
    summary = fields.Html(translate=True)
    material_ids = fields.Many2many("ir.attachment")
    scope_id = fields.Many2one(
        "aftersales.certificate.scope",
        string="Leads To",
        ondelete="restrict",
        help="Qualification whose certificate is issued to those who pass.",
    )
    categ_ids = fields.Many2many(
        "product.category",
        "aftersales_training_course_categ_rel",
        string="Product Families",
        compute="_compute_categ_ids",
        store=True,
        readonly=False,
        precompute=True,
        help="Products that the course is about, with the families below; those of the "
        "qualification unless others are chosen. Empty: not about products.",
    )
    is_refresher = fields.Boolean(help="Renews a certificate before it expires.")
    renewal_days = fields.Integer(
        default=90,
        help="A certificate can be renewed in its last so many days; the new one "
        "begins when the old one ends.",
    )
    prerequisite_ids = fields.Many2many(
        "aftersales.training.course",
        "aftersales_training_course_prerequisite_rel",
        "course_id",
        "prerequisite_id",
        string="Prerequisites",
        help="Courses to be passed first, in any version.",
    )
    assessment_ids = fields.One2many(
        "aftersales.training.assessment", "course_id", copy=True
    )
    pass_mark = fields.Float(
        default=60,
        help="Weighted result needed in total, 0 to 100.",
    )
    max_attempts = fields.Integer(
        default=0, help="Attempts before the course must be repeated; 0: any number."
    )
    exam_days = fields.Integer(
        string="Days for Theory",
        default=7,
        help="The theory exam closes so many days after it was opened.",
    )
    effect_days = fields.Integer(
        string="Effect Review After (days)",
        default=90,
        help="When to look whether the work of those trained has become better; "
        "0: no review.",
    )
    session_ids = fields.One2many("aftersales.training.session", "course_id")
    session_count = fields.Integer(compute="_compute_session_count")
    can_release = fields.Boolean(compute="_compute_can")
    can_retire = fields.Boolean(compute="_compute_can")

    _code_version_uniq = models.Constraint(
        "UNIQUE (code, version)",
        "This course code exists in this version. Use “New Version” on the course.",
    )
    _pass_mark_scale = models.Constraint(
        "CHECK (pass_mark >= 0 AND pass_mark <= 100)",
        "The pass mark lies between 0 and 100.",
    )
    _hours_positive = models.Constraint(
        "CHECK (hours > 0)", "A course takes more than 0 hours. Enter its hours."
    )

    @api.depends("name", "code", "version")
    def _compute_display_name(self):
        for course in self:
            course.display_name = f"[{course.code}] {course.name} v{course.version}"

    @api.depends("scope_id")
    def _compute_categ_ids(self):
        for course in self:
            course.categ_ids = course.scope_id.categ_ids or course.categ_ids

    def _compute_session_count(self):
        groups = self.env["aftersales.training.session"]._read_group(
            [("course_id", "in", self.ids)], ["course_id"], ["__count"]
        )
        counts = dict(groups)
        for course in self:
            course.session_count = counts.get(course, 0)

    def action_release(self):
        """Open the course for sessions; its previous version retires.

        :raises UserError: the exam is not complete; says what is missing
        """
        for course in self:
            course._check_complete()
        self._transition("release")
        self.previous_id.filtered(lambda c: c.state == "released")._transition("retire")

    def _check_complete(self):
        self.ensure_one()
        weight = sum(self.assessment_ids.mapped("weight"))
        if self.assessment_ids and weight != 100:
            raise UserError(
                self.env._(
                    "The weights of the exam parts of %(course)s add up to %(sum)s. "
                    "Make them 100 before you release the course.",
                    course=self.display_name,
                    sum=weight,
                )
            )
        if self.scope_id and not self.assessment_ids:
            raise UserError(
                self.env._(
                    "%(course)s leads to a certificate but has no exam. Add exam "
                    "parts, or clear the qualification.",
                    course=self.display_name,
                )
            )

    def action_retire(self):
        self._transition("retire")

    def action_new_version(self):
        """Copy the course as the draft of its next version and open it."""
        self.ensure_one()
        latest = self.search([("code", "=", self.code)], order="version desc", limit=1)
        # sudo: the version number is closed to users; the right to create is checked
        self.check_access("create")
        course = (
            self.sudo()
            .copy(
                {
                    "name": self.name,
                    "version": latest.version + 1,
                    "previous_id": self.id,
                    "material_ids": [Command.set(self.material_ids.ids)],
                }
            )
            .sudo(False)
        )
        return course.get_formview_action()

    def action_open_sessions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_training.aftersales_training_session_action"
        )
        return {
            **action,
            "domain": [("course_id", "=", self.id)],
            "context": {"default_course_id": self.id},
        }
