from datetime import timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class Candidate(NamedTuple):
    """Whom a rule found; without a weight of his own the rule's weight counts."""

    staff: models.Model
    due_date: object
    note: str = ""
    weight: int | None = None


class AftersalesTrainingRule(models.Model):
    """Finds training needs by itself, every day.

    ``kind`` chooses the method ``_get_candidates_<kind>``, which returns a list of
    :class:`Candidate`. An addon that knows another source adds a kind and its method,
    or reports needs itself (``aftersales.training.need._report_needs``). A person with
    a live need of the same topic and source gets no second one, nor does one whose
    need was met or dismissed lately (``_get_quiet_period``).
    """

    _name = "aftersales.training.rule"
    _description = "Training Need Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("expiry", "Expiring Certificate"),
            ("onboarding", "Onboarding"),
            ("periodic", "Regular Training"),
            ("new_product", "New Product"),
        ],
        required=True,
        default="periodic",
    )
    course_id = fields.Many2one("aftersales.training.course")
    topic_id = fields.Many2one(
        "aftersales.training.topic",
        compute="_compute_topic_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    role = fields.Selection(
        selection=lambda self: (
            self.env["aftersales.staff"]
            ._fields["role"]
            ._description_selection(self.env)
        ),
        help="Only people of this role; empty means everybody.",
    )
    days = fields.Integer(
        default=30,
        help="Onboarding: days after joining by which the course is done. "
        "Expiry: days before expiry from which on the need is seen. "
        "New product: days before and after its release in which the need is seen.",
    )
    months = fields.Integer(
        default=3, help="Regular training: months between two trainings of the topic."
    )
    weight = fields.Integer(default=50)
    need_ids = fields.One2many("aftersales.training.need", "rule_id")
    need_count = fields.Integer(compute="_compute_need_count")

    _positive = models.Constraint(
        "CHECK (days > 0 AND months > 0)", "Days and months are above zero."
    )
    _weight_scale = models.Constraint(
        "CHECK (weight >= 0 AND weight <= 100)", "The weight lies between 0 and 100."
    )

    @api.depends("course_id")
    def _compute_topic_id(self):
        for rule in self:
            rule.topic_id = rule.course_id.topic_id or rule.topic_id

    def _compute_need_count(self):
        groups = self.env["aftersales.training.need"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
        )
        counts = dict(groups)
        for rule in self:
            rule.need_count = counts.get(rule, 0)

    @api.constrains("kind", "course_id")
    def _check_expiry_course(self):
        for rule in self.filtered(lambda r: r.kind == "expiry"):
            if not rule.course_id.scope_id:
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s watches expiring certificates: choose a course "
                        "that leads to a qualification.",
                        rule=rule.name,
                    )
                )

    @api.constrains("kind", "course_id")
    def _check_product_course(self):
        for rule in self.filtered(lambda r: r.kind == "new_product"):
            if not rule.course_id.categ_ids:
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s watches new products: choose a course that "
                        "names its product families.",
                        rule=rule.name,
                    )
                )

    @api.model
    def _cron_find_needs(self):
        self.search([("active", "=", True)])._find_needs()

    def action_run(self):
        """Look for needs now and show those found."""
        found = self._find_needs()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_training.aftersales_training_need_action"
        )
        return {**action, "domain": [("id", "in", found.ids)], "context": {}}

    def _find_needs(self):
        """Create the needs that the rules see and that are not there yet.

        :return: the new ``aftersales.training.need``
        """
        Need = self.env["aftersales.training.need"]
        found = Need
        for rule in self:
            quiet = rule._get_quiet_staff_ids()
            candidates = getattr(rule, f"_get_candidates_{rule.kind}")()
            found |= Need._report_needs(
                rule._get_source(),
                [
                    rule._prepare_need_vals(candidate)
                    for candidate in candidates
                    if candidate.staff.id not in quiet
                ],
            )
        return found

    def _get_source(self):
        """The source of the needs found; extension point, the kind itself by default"""
        self.ensure_one()
        return self.kind

    def _get_quiet_period(self):
        """How long a met or dismissed need keeps the rule from finding it again."""
        self.ensure_one()
        if self.kind == "periodic":
            return relativedelta(months=self.months)
        # a new product is seen so many days before its release and after it
        return relativedelta(days=self.days * (2 if self.kind == "new_product" else 1))

    def _get_quiet_staff_ids(self):
        self.ensure_one()
        since = fields.Date.context_today(self) - self._get_quiet_period()
        groups = self.env["aftersales.training.need"]._read_group(
            [
                ("topic_id", "=", self.topic_id.id),
                ("source", "=", self._get_source()),
                ("state", "in", ("met", "dismissed")),
                ("closed_on", ">", since),
            ],
            ["staff_id"],
        )
        return {staff.id for (staff,) in groups}

    def _prepare_need_vals(self, candidate):
        self.ensure_one()
        weight = self.weight if candidate.weight is None else candidate.weight
        return {
            "staff_id": candidate.staff.id,
            "topic_id": self.topic_id.id,
            "course_id": self.course_id.id,
            "weight": weight,
            "due_date": candidate.due_date,
            "note": candidate.note,
            "rule_id": self.id,
        }

    def _get_staff_domain(self):
        self.ensure_one()
        return Domain("role", "=", self.role) if self.role else Domain.TRUE

    def _get_candidates_expiry(self):
        today = self.env.company._get_local_day()
        certificates = self.env["aftersales.certificate"].search(
            [
                ("scope_id", "=", self.course_id.scope_id.id),
                ("state", "=", "active"),
                ("is_renewed", "=", False),
                ("valid_to", ">=", today),
                ("valid_to", "<=", today + timedelta(days=self.days)),
                ("staff_id", "any", self._get_staff_domain()),
            ]
        )
        return [Candidate(c.staff_id, c.valid_to, c.name) for c in certificates]

    def _get_candidates_onboarding(self):
        today = fields.Date.context_today(self)
        joined = self._get_staff_domain() & Domain(
            "joined_on", ">", today - timedelta(days=self.days)
        )
        trained = self._get_trained_staff_ids(None)
        return [
            Candidate(staff, staff.joined_on + timedelta(days=self.days))
            for staff in self.env["aftersales.staff"].search(joined)
            if staff.id not in trained
        ]

    def _get_candidates_periodic(self):
        today = fields.Date.context_today(self)
        trained = self._get_trained_staff_ids(today - relativedelta(months=self.months))
        staff = self.env["aftersales.staff"].search(self._get_staff_domain())
        return [
            Candidate(member, today + relativedelta(months=1))
            for member in staff
            if member.id not in trained
        ]

    def _get_candidates_new_product(self):
        """Everybody of the audience who has not taken the course about the product."""
        products = self.env["product.template"].search(self._get_new_product_domain())
        if not products:
            return []
        released = max(products.mapped("release_date"))
        trained = self._get_trained_staff_ids(released - timedelta(days=self.days))
        due_date = released + timedelta(days=self.days)
        note = ", ".join(products.mapped("name"))
        return [
            Candidate(member, due_date, note)
            for member in self.env["aftersales.staff"].search(self._get_staff_domain())
            if member.id not in trained
        ]

    def _get_new_product_domain(self):
        """Products of the course that come to the market about now; extension point"""
        self.ensure_one()
        today, days = fields.Date.context_today(self), timedelta(days=self.days)
        return (
            Domain("release_date", ">=", today - days)
            & Domain("release_date", "<=", today + days)
            & Domain("categ_id", "child_of", self.course_id.categ_ids.ids)
        )

    def _get_trained_staff_ids(self, since):
        """Who attended a session of the rule's topic since the date (None: ever)."""
        domain = Domain("state", "=", "attended")
        if self.course_id:
            domain &= Domain("course_id.code", "=", self.course_id.code)
        else:
            domain &= Domain("course_id.topic_id", "=", self.topic_id.id)
        if since:
            domain &= Domain("date_begin", ">=", since)
        groups = self.env["aftersales.training.enrolment"]._read_group(
            domain, ["staff_id"]
        )
        return {staff.id for (staff,) in groups}
