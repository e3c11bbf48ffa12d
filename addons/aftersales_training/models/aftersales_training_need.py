from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

COORDINATOR = "aftersales_dealer.group_training_coordinator"


class AftersalesTrainingNeed(models.Model):
    """That a person should learn something, where it comes from and how much it
    weighs."""

    _name = "aftersales.training.need"
    _description = "Training Need"
    _inherit = ["aftersales.dealer.mixin", "aftersales.transition.mixin", "mail.thread"]
    _order = "weight desc, due_date, id"
    _rec_name = "staff_id"

    _transitions = {
        "plan": Transition(("open",), "planned", COORDINATOR),
        "release": Transition(("planned",), "open", COORDINATOR),
        "meet": Transition(("open", "planned"), "met", COORDINATOR),
        "dismiss": Transition(
            ("open", "planned"),
            "dismissed",
            f"{COORDINATOR},aftersales_dealer.group_dealer_manager",
        ),
    }
    _protected_fields = ("plan_line_id", "rule_id", "closed_on")
    _editable_states = ("open",)
    _always_editable_fields = ("note",)

    staff_id = fields.Many2one(
        "aftersales.staff", string="Who", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        compute="_compute_dealer_id", store=True, precompute=True, default=None
    )
    topic_id = fields.Many2one(
        "aftersales.training.topic",
        compute="_compute_topic_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    course_id = fields.Many2one(
        "aftersales.training.course",
        domain="[('state', '=', 'released')]",
        index="btree_not_null",
    )
    source = fields.Selection(
        selection=[
            ("scorecard", "Scorecard"),
            ("repeat_repair", "Repeat Repairs"),
            ("new_product", "New Product"),
            ("expiry", "Expiring Certificate"),
            ("onboarding", "Onboarding"),
            ("periodic", "Regular Training"),
            ("questionnaire", "Questionnaire"),
            ("interview", "Interview"),
        ],
        required=True,
        default="interview",
    )
    weight = fields.Integer(
        default=50, help="0 to 100; the heavier, the earlier it is planned."
    )
    due_date = fields.Date(index=True)
    note = fields.Text(help="What was seen or said.")
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("planned", "Planned"),
            ("met", "Met"),
            ("dismissed", "Dismissed"),
        ],
        default="open",
        required=True,
        tracking=True,
    )
    closed_on = fields.Date(readonly=True, copy=False, help="Met or dismissed on.")
    rule_id = fields.Many2one(
        "aftersales.training.rule", readonly=True, groups=COORDINATOR
    )
    plan_line_id = fields.Many2one(
        "aftersales.training.plan.line",
        readonly=True,
        index="btree_not_null",
        groups=COORDINATOR,
    )
    can_dismiss = fields.Boolean(compute="_compute_can")

    _weight_scale = models.Constraint(
        "CHECK (weight >= 0 AND weight <= 100)", "The weight lies between 0 and 100."
    )
    _live_uniq = models.UniqueIndex(
        "(staff_id, topic_id, source) WHERE state IN ('open', 'planned')",
        "This person has an open need for this topic from the same source already.",
    )

    @api.depends("staff_id")
    def _compute_dealer_id(self):
        for need in self:
            # sudo: the source may be hidden; the record rules see what comes out
            need.dealer_id = need.sudo().staff_id.dealer_id

    @api.depends("course_id")
    def _compute_topic_id(self):
        for need in self:
            need.topic_id = need.course_id.topic_id or need.topic_id

    @api.constrains("course_id", "topic_id")
    def _check_topic(self):
        for need in self.filtered("course_id"):
            if need.topic_id != need.course_id.topic_id:
                raise ValidationError(
                    self.env._(
                        "Course %(course)s belongs to the topic %(topic)s. Choose that "
                        "topic, or another course.",
                        course=need.course_id.display_name,
                        topic=need.course_id.topic_id.name,
                    )
                )

    @api.model
    def _report_needs(self, source, rows):
        """Take what another part of the system saw; the way in for any addon.

        Someone has one live need per topic and source. One that is open already becomes
        as heavy as the heaviest report and due as early as the earliest; one that is
        planned stays as it is planned.

        :param str source: a value of ``source``; addons add theirs by ``selection_add``
        :param rows: dicts of ``staff_id``, ``topic_id`` (or ``course_id``), ``weight``
            (0 to 100), and if known ``due_date``, ``note``, ``rule_id``
        :return: the needs that are new
        """
        # sudo: whoever reports, needs and their rules are the coordinator's
        Need = self.sudo()
        Course = self.env["aftersales.training.course"]
        live = {}
        for need in Need.search(
            [("source", "=", source), ("state", "in", ("open", "planned"))]
        ):
            live[need.staff_id.id, need.topic_id.id] = need
        found = Need.browse()
        for row in rows:
            topic = row.get("topic_id") or Course.browse(row["course_id"]).topic_id.id
            need = live.get((row["staff_id"], topic))
            if need:
                need._grow(row)
                continue
            need = Need.create({**row, "topic_id": topic, "source": source})
            live[row["staff_id"], topic] = need
            found += need
        return found.sudo(False)

    def _grow(self, row):
        """Let an open need follow a heavier or earlier report."""
        self.ensure_one()
        if self.state != "open":
            return
        vals = {}
        if row["weight"] > self.weight:
            vals.update(weight=row["weight"], note=row.get("note") or self.note)
        due_date = row.get("due_date")
        if due_date and (not self.due_date or due_date < self.due_date):
            vals["due_date"] = due_date
        if vals:
            self.write(vals)

    def _meet(self):
        self._transition("meet", {"closed_on": fields.Date.context_today(self)})

    def action_dismiss(self):
        """Say that nothing is needed; rules leave the person alone for their period."""
        self._transition(
            "dismiss",
            {"plan_line_id": False, "closed_on": fields.Date.context_today(self)},
        )
