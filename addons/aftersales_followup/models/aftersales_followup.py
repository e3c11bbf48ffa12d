from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from .aftersales_followup_rule import ASKERS, CHANNELS

ASKING = (
    "aftersales_dealer.group_support,aftersales_dealer.group_quality,"
    "aftersales_dealer.group_dealer_user"
)
COMPANY = "aftersales_dealer.group_support,aftersales_dealer.group_quality"


class AftersalesFollowup(models.Model):
    """A follow-up from its plan to the customer's word.

    Created with a planned day it waits to be asked. Created without one it records what
    a customer has just said.
    """

    _name = "aftersales.followup"
    _inherit = ["aftersales.transition.mixin", "aftersales.followup"]
    _order = "planned_on desc, id desc"

    _transitions = {
        "finish": Transition(("planned", "not_reached"), "done", ASKING),
        "miss": Transition(("planned",), "not_reached", ASKING),
        "cancel": Transition(("planned", "not_reached"), "cancelled", COMPANY),
        "retry": Transition(("not_reached", "cancelled"), "planned", COMPANY),
    }
    _protected_fields = (
        "rule_id",
        "occasion",
        "sample_note",
        "attempt_count",
        "next_attempt",
        "sent_on",
        "link_until",
        "access_token",
        "cancel_reason",
    )
    _editable_states = ("planned", "not_reached")

    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("done", "Answered"),
            ("not_reached", "Not Reached"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        index=True,
        tracking=True,
    )
    can_finish = fields.Boolean(compute="_compute_can")
    can_miss = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_retry = fields.Boolean(compute="_compute_can")
    # The plan
    rule_id = fields.Many2one(
        "aftersales.followup.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    trigger = fields.Selection(related="rule_id.trigger", store=True, string="Kind")
    occasion = fields.Char(
        readonly=True, copy=False, help="Names what happened; once per rule."
    )
    sample_note = fields.Char(string="Why Asked", readonly=True, copy=False)
    planned_on = fields.Date(
        default=fields.Date.context_today, index=True, tracking=True
    )
    delay = fields.Integer(
        string="Delay (Days)",
        compute="_compute_delay",
        store=True,
        aggregator="avg",
        help="Days from the planned day to the answer.",
    )
    channel = fields.Selection(
        selection=CHANNELS, required=True, default="phone", tracking=True
    )
    asker = fields.Selection(
        selection=ASKERS, string="To Be Asked By", required=True, default="support"
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True
    )
    # What is asked about
    card_id = fields.Many2one(
        "aftersales.warranty.card", index="btree_not_null", ondelete="restrict"
    )
    repair_id = fields.Many2one(
        "repair.order",
        compute="_compute_repair_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    staff_id = fields.Many2one(
        related="repair_id.staff_id", string="Technician", store=True
    )
    repaired_on = fields.Datetime(related="repair_id.finished_at")
    email = fields.Char(compute="_compute_email")
    # How it went
    attempt_count = fields.Integer(string="Attempts", readonly=True, copy=False)
    next_attempt = fields.Datetime(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False, tracking=True)
    # What the customer said
    answer_ids = fields.One2many("aftersales.followup.answer", "followup_id")
    reason_ids = fields.Many2many(
        "aftersales.followup.reason", string="Dissatisfied With"
    )
    suggestion = fields.Text(help="What the customer would like us to do better.")
    is_bad = fields.Boolean(
        string="Dissatisfied", compute="_compute_is_bad", store=True
    )

    _occasion_uniq = models.UniqueIndex(
        "(rule_id, occasion) WHERE rule_id IS NOT NULL",
        "This rule has planned a follow-up for that already.",
    )
    _queue_idx = models.Index("(channel, planned_on) WHERE state = 'planned'")

    # COMPUTES

    def _get_subject(self):
        return super()._get_subject() or self.card_id

    @api.depends(
        "card_id.dealer_id",
        "card_id.partner_id",
        "card_id.product_id",
        "card_id.lot_id",
    )
    def _compute_from_subject(self):
        return super()._compute_from_subject()

    @api.depends("ticket_id.company_id", "card_id.company_id")
    def _compute_company_id(self):
        for followup in self:
            company = followup._get_subject().company_id
            followup.company_id = company or self.env.company

    @api.depends("ticket_id")
    def _compute_repair_id(self):
        """The case's last finished repair."""
        for followup in self:
            done = followup.ticket_id.repair_ids.filtered(lambda r: r.state == "done")
            last = done.sorted(lambda r: (r.finished_at or r.create_date, r.id))[-1:]
            followup.repair_id = followup.repair_id or last

    @api.depends("ticket_id.partner_email", "partner_id.email")
    def _compute_email(self):
        for followup in self:
            # sudo: whoever may ask a customer may write to him
            partner = followup.sudo().partner_id
            followup.email = partner.email or followup.ticket_id.partner_email

    @api.depends("planned_on", "asked_on", "state")
    def _compute_delay(self):
        for followup in self:
            days = 0
            if followup.state == "done" and followup.planned_on and followup.asked_on:
                days = (followup.asked_on.date() - followup.planned_on).days
            followup.delay = days

    @api.depends("score", "answer_ids.score", "state")
    def _compute_is_bad(self):
        for followup in self:
            limit = followup.company_id.aftersales_bad_score
            critical = followup.answer_ids.filtered("question_id.is_critical")
            points = [followup.score, *critical.mapped("score")]
            bad = any(value and int(value) <= limit for value in points)
            followup.is_bad = followup.state == "done" and bad

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        return allowed and (self.env.su or self.has_access("write"))

    # CONSTRAINTS

    def _is_ready(self):
        # a repair may be asked about before the office has closed its case
        after_repair = self.trigger == "repair_finished" and self.ticket_id.resolved_at
        return super()._is_ready() or bool(after_repair)

    def _has_reason(self):
        return super()._has_reason() or bool(self.reason_ids)

    @api.constrains("reached", "score", "reason", "state")
    def _check_score(self):
        """Only what was asked needs an answer."""
        told = self.filtered(lambda followup: followup.state != "planned")
        return super(AftersalesFollowup, told)._check_score()

    @api.constrains("user_id", "ticket_id", "repair_id", "state")
    def _check_asker(self):
        for followup in self.filtered("user_id"):
            followup._ensure_may_ask(followup.user_id)

    def _ensure_may_ask(self, user):
        """Nobody asks about his own work.

        :raises ValidationError: names who asks and what he repaired
        """
        self.ensure_one()
        # sudo: who repaired may be hidden from a dealer's user
        followup = self.sudo()
        for repair in followup.ticket_id.repair_ids | followup.repair_id:
            if repair.staff_id.user_id == user and repair.state != "cancel":
                raise ValidationError(
                    self.env._(
                        "%(asker)s cannot ask in %(followup)s: %(technician)s carried "
                        "out repair %(repair)s. Let a colleague ask who did not.",
                        asker=user.name,
                        followup=followup.name,
                        technician=repair.staff_id.name,
                        repair=repair.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        planned = [self._is_plan(vals) for vals in vals_list]
        for vals, is_plan in zip(vals_list, planned, strict=True):
            if is_plan:
                vals.update({"reached": False, "asked_on": False, "score": False})
        followups = super().create(vals_list)
        told = followups.browse()
        for followup, is_plan in zip(followups, planned, strict=True):
            told |= followup.browse() if is_plan else followup
        (followups - told)._create_answers()
        told._note_told()
        return followups

    def write(self, vals):
        # who may not write at all is told that, not which state is in his way
        self.check_access("write")
        return super().write(vals)

    @api.model
    def _is_plan(self, vals):
        """Whether these values plan a follow-up, instead of telling of one."""
        return bool(vals.get("planned_on")) and not vals.get("score")

    def _note_told(self):
        """Follow-ups that were made at once are over."""
        for followup in self.sudo():  # sudo: the state is closed to direct writes
            followup.write(
                {
                    "state": "done" if followup.reached else "not_reached",
                    "planned_on": followup.asked_on or followup.planned_on,
                }
            )
        self.filtered("is_bad")._on_bad_score()

    def _create_answers(self):
        questions = self.env["aftersales.followup.question"].search(
            [("active", "=", True)]
        )
        # sudo: rows of a follow-up are made by the plan; people only fill them in
        self.env["aftersales.followup.answer"].sudo().create(
            [
                {"followup_id": followup.id, "question_id": question.id}
                for followup in self
                for question in followup._get_questions(questions)
            ]
        )

    def _get_questions(self, questions):
        """Those of ``questions`` that this customer is asked; extension point."""
        self.ensure_one()
        # sudo: rules are the company's
        chosen = self.sudo().rule_id.question_ids & questions or questions
        return chosen.filtered(lambda q: self.repair_id or not q.needs_visit)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own_plan(self):
        for followup in self:
            if followup.rule_id or followup.state != "planned":
                raise UserError(
                    self.env._(
                        "%(followup)s cannot be deleted; cancel it instead.",
                        followup=followup.display_name,
                    )
                )
