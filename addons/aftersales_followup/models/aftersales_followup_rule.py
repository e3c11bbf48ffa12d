from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.aftersales_service.models.aftersales_case_type import SEVERITIES

from ..utils.sampling import get_place, is_sampled

CHANNELS = [
    ("phone", "Phone"),
    ("mail", "Mail Link"),
    ("portal", "Portal"),
]
ASKERS = [
    ("support", "Support"),
    ("dealer", "Dealer"),
]


class Occasion(NamedTuple):
    """Something that happened to a customer and that he may be asked about.

    ``key`` names it for ever, ``day`` is when it happened, ``vals`` are the links that
    its follow-up gets.
    """

    key: str
    day: object
    vals: dict


class AftersalesFollowupRule(models.Model):
    """Who is asked, when after what, by whom and how.

    Each rule plans at most one follow-up for one occasion, which the database holds.
    """

    _name = "aftersales.followup.rule"
    _description = "Follow-up rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    trigger = fields.Selection(
        selection=[
            ("case_closed", "After Closing a Case"),
            ("repair_finished", "After a Repair"),
            ("delivered", "After Delivery"),
            ("periodic", "Periodically"),
        ],
        required=True,
        default="case_closed",
        help="Delivery is the delivery date of the warranty card, or else its sale "
        "date. After an installation: closing a case of that type.",
    )
    date_from = fields.Date(
        string="Applies From",
        required=True,
        default=fields.Date.context_today,
        help="What happened before is not asked about.",
    )
    lookback_days = fields.Integer(
        default=30,
        help="How many days a thing may be past when the rule finds it. Older ones are "
        "left alone, so that planning costs the same however long the history is.",
    )
    months = fields.Integer(
        string="Every (Months)", default=6, help="Counted from the sale of the machine."
    )
    percent = fields.Integer(
        string="Share (%)",
        default=100,
        help="Below 100, a fixed sample: each occasion has a place from 0 to 99 that "
        "follows from its key alone, and those below the share are asked.",
    )
    days_after = fields.Integer(default=3, help="Days from the event to the question.")
    channel = fields.Selection(selection=CHANNELS, required=True, default="phone")
    fallback_phone = fields.Boolean(
        string="Call Who Does Not Answer",
        default=True,
        help="A mail link that expires unanswered becomes a call.",
    )
    asker = fields.Selection(
        selection=ASKERS,
        string="Asked By",
        required=True,
        default="support",
        help="Who calls: our support, or the dealer's service agents.",
    )
    case_type_ids = fields.Many2many("aftersales.case.type", string="Case Types")
    severity = fields.Selection(
        selection=SEVERITIES,
        string="At Least as Severe as",
        help="Left empty: any severity.",
    )
    verdict = fields.Selection(
        selection=[
            ("covered", "In warranty"),
            ("not_covered", "Out of warranty"),
            ("no_card", "No warranty card"),
        ],
        string="Cover",
    )
    question_ids = fields.Many2many(
        "aftersales.followup.question",
        string="Questions",
        help="Left empty: all questions.",
    )
    max_per_customer = fields.Integer(
        string="At Most per Customer",
        default=1,
        help="Follow-ups of one customer within the days beside it; 0: no limit.",
    )
    customer_days = fields.Integer(string="Within (Days)", default=30)
    followup_ids = fields.One2many("aftersales.followup", "rule_id")
    followup_count = fields.Integer(compute="_compute_followup_count")

    _percent_range = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100)", "The share lies between 0 and 100 %."
    )
    _days_range = models.Constraint(
        "CHECK (days_after >= 0 AND lookback_days > 0 AND customer_days > 0"
        " AND max_per_customer >= 0)",
        "Days and limits of a follow-up rule cannot be negative.",
    )

    def _compute_followup_count(self):
        groups = self.env["aftersales.followup"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
        )
        counts = {rule.id: count for rule, count in groups}
        for rule in self:
            rule.followup_count = counts.get(rule._origin.id, 0)

    @api.constrains("trigger", "months")
    def _check_months(self):
        for rule in self:
            if rule.trigger == "periodic" and rule.months < 1:
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s: say every how many months customers are asked.",
                        rule=rule.name,
                    )
                )

    def _get_sample_key(self, key):
        self.ensure_one()
        return f"{self.id}/{key}"

    def _is_asked(self, occasion):
        """Whether the rule's sample holds this occasion."""
        return is_sampled(self._get_sample_key(occasion.key), self.percent)

    def _get_sample_note(self, occasion):
        """Why just this one is asked, for the follow-up's record."""
        self.ensure_one()
        if self.percent >= 100:
            return self.env._("Rule “%(rule)s” asks all.", rule=self.name)
        return self.env._(
            "Rule “%(rule)s” asks %(percent)s %%: its place is %(place)s of 0–99.",
            rule=self.name,
            percent=self.percent,
            place=get_place(self._get_sample_key(occasion.key)),
        )

    def action_open_followups(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_service.aftersales_followup_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}
