from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from .aftersales_training_assessment import KINDS

COORDINATOR = "aftersales_dealer.group_training_coordinator"
EXAMINER = "aftersales_training.group_examiner"


class AftersalesTrainingExamPart(models.Model):
    """Theory, practice or performance of one attempt; signed once, then fixed."""

    _name = "aftersales.training.exam.part"
    _description = "Exam Part"
    _inherit = ["aftersales.dealer.mixin", "aftersales.transition.mixin"]
    _order = "exam_id desc, sequence, id"

    _transitions = {"grade": Transition(("open",), "graded", EXAMINER)}
    _protected_fields = (
        "exam_id",
        "kind",
        "weight",
        "pass_mark",
        "score",
        "passed",
        "graded_on",
        "carried_from_id",
        "user_input_id",
    )
    _editable_states = ("open",)

    exam_id = fields.Many2one(
        "aftersales.training.exam", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        related="exam_id.partner_id", store=True, index=True, string="Trainee"
    )
    dealer_id = fields.Many2one(
        compute="_compute_dealer_id", store=True, precompute=True, default=None
    )
    course_id = fields.Many2one(related="exam_id.course_id", store=True)
    session_id = fields.Many2one(related="exam_id.session_id", store=True)
    attempt = fields.Integer(related="exam_id.attempt")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    weight = fields.Float(readonly=True, aggregator=None)
    pass_mark = fields.Float(readonly=True, aggregator=None)
    state = fields.Selection(
        selection=[("open", "Open"), ("graded", "Graded")],
        default="open",
        required=True,
    )
    examiner_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("aftersales_training.group_examiner").id,
            )
        ],
    )
    mark_ids = fields.One2many("aftersales.training.mark", "part_id")
    points = fields.Float(compute="_compute_points")
    max_points = fields.Float(compute="_compute_points", string="Full Points")
    score = fields.Float(
        readonly=True, digits=(5, 2), aggregator="avg", help="0 to 100."
    )
    passed = fields.Boolean(readonly=True)
    carried_from_id = fields.Many2one(
        "aftersales.training.exam.part",
        readonly=True,
        string="Carried Over From",
        help="Passed in an earlier attempt and not sat again.",
    )
    remark = fields.Text()
    signature = fields.Image(copy=False, max_width=1024, max_height=1024)
    signed_by = fields.Char(copy=False)
    graded_on = fields.Datetime(readonly=True, copy=False)
    can_grade = fields.Boolean(compute="_compute_can_grade")

    _kind_uniq = models.Constraint(
        "UNIQUE (exam_id, kind)", "An attempt has each part once."
    )

    @api.depends("exam_id")
    def _compute_dealer_id(self):
        for part in self:
            # sudo: the source may be hidden; the record rules see what comes out
            part.dealer_id = part.sudo().exam_id.dealer_id

    @api.depends("partner_id", "kind", "course_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for part in self:
            part.display_name = (
                f"{part.partner_id.name}, {part.course_id.name}: {labels[part.kind]}"
            )

    @api.depends("mark_ids.points", "mark_ids.max_points")
    def _compute_points(self):
        for part in self:
            part.points = sum(part.mark_ids.mapped("points"))
            part.max_points = sum(part.mark_ids.mapped("max_points"))

    @api.depends_context("uid")
    @api.depends("state", "examiner_id", "kind")
    def _compute_can_grade(self):
        for part in self:
            part.can_grade = part.kind != "theory" and part._is_marked_by_user()

    def _is_marked_by_user(self):
        """Whether the user is the one who marks this part now."""
        self.ensure_one()
        # sudo: an examiner of one part may not see the attempt
        return (
            self.state == "open"
            and self.exam_id.sudo().state == "open"
            and self.examiner_id == self.env.user
            and self._has_transition_groups("grade")
        )

    @api.constrains("examiner_id", "exam_id")
    def _check_examiner(self):
        # sudo: the rule holds whoever appoints the examiner
        for part in self.sudo():
            if part.examiner_id and part.examiner_id.partner_id == part.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s cannot examine himself. Choose another examiner.",
                        person=part.partner_id.name,
                    )
                )

    def write(self, vals):
        if (
            "examiner_id" in vals
            and not self.env.su
            and not self.env.user.has_group(COORDINATOR)
        ):
            raise AccessError(
                self.env._("Only the training coordinator appoints examiners.")
            )
        return super().write(vals)

    def action_grade(self):
        """Sign the marks; the part and, with its last part, the attempt are closed.

        :raises UserError: not the examiner, theory, or not signed
        """
        for part in self:
            part._check_may_grade()
        for part in self:
            score = 100 * part.points / part.max_points
            part._transition("grade", part._prepare_grade_vals(score))
        self.exam_id._conclude()

    def _check_may_grade(self):
        self.ensure_one()
        if self.kind == "theory":
            raise UserError(
                self.env._("Theory is marked by its questions and not by hand.")
            )
        if not self._is_marked_by_user():
            raise UserError(
                self.env._(
                    "%(part)s is marked by %(examiner)s while it is open. Ask the "
                    "training coordinator to appoint somebody else.",
                    part=self.display_name,
                    examiner=self.examiner_id.name or "—",
                )
            )
        if not self.signature:
            raise UserError(self.env._("Sign the marks before you hand them in."))

    def _prepare_grade_vals(self, score):
        self.ensure_one()
        return {
            "score": score,
            "passed": score >= self.pass_mark,
            "graded_on": fields.Datetime.now(),
            "signed_by": self.signed_by or self.examiner_id.name,
        }
