import hashlib
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

SCOPE_MODELS = {"claim": "aftersales.claim", "line": "aftersales.claim.line"}
# A change of one of these makes a new version; decisions name theirs.
MEANING_FIELDS = {
    "scope", "domain", "outcome", "cut_method", "cut_percent", "cap_amount",
    "sample_percent", "reason_id", "date_from", "date_to", "sequence",
}  # fmt: skip


class AftersalesClaimRule(models.Model):
    """A question asked of every claim or line, and what follows from a yes.

    Rules are asked in their sequence. What an outcome means, and which rules are still
    asked after it, says ``utils/adjudication.py``. The domain may use the stored fields
    of the claim or line and the facts of ``aftersales_claim_facts.py``.
    """

    _name = "aftersales.claim.rule"
    _description = "Claim rule"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=100, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    scope = fields.Selection(
        [("claim", "Whole claim"), ("line", "Each line")],
        default="line",
        required=True,
        tracking=True,
    )
    model_name = fields.Char(compute="_compute_model_name")
    domain = fields.Char(
        default="[]", required=True, tracking=True, help="When the rule hits."
    )
    outcome = fields.Selection(
        [
            ("pass", "Pass: pay, ask nothing more"),
            ("cut", "Cut: pay less"),
            ("send_back", "Send back to the dealer"),
            ("review", "Review by a person"),
            ("reject", "Reject: pay nothing"),
        ],
        required=True,
        tracking=True,
    )
    cut_method = fields.Selection(
        [
            ("percent", "Percentage of the payable amount"),
            ("cap", "Cap per line"),
            ("flat_hours", "Flat-rate hours of the operation"),
            ("refused_pieces", "Old parts refused by the inspection, piece by piece"),
        ],
        string="Cut By",
        default="percent",
        tracking=True,
    )
    cut_percent = fields.Float(string="Cut (%)", tracking=True)
    cap_amount = fields.Monetary(
        string="Cap", tracking=True, help="Most that is paid for one line, before tax."
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    sample_percent = fields.Float(
        string="Sample (%)",
        default=100.0,
        tracking=True,
        help="Share of the matching claims that the rule hits, drawn at random once "
        "per repair. Keeps people looking at claims that no other rule stops.",
    )
    reason_id = fields.Many2one(
        "aftersales.claim.reason",
        required=True,
        ondelete="restrict",
        tracking=True,
        help="What the dealer is told; he does not see the rule.",
    )
    version = fields.Integer(default=1, readonly=True, copy=False, tracking=True)
    date_from = fields.Date(string="From", tracking=True)
    date_to = fields.Date(string="Until", tracking=True)
    decision_count = fields.Integer(compute="_compute_decision_count")

    _percents = models.Constraint(
        "CHECK (cut_percent BETWEEN 0 AND 100 AND sample_percent BETWEEN 0 AND 100)",
        "Percentages are between 0 and 100.",
    )
    _cap_positive = models.Constraint(
        "CHECK (cap_amount >= 0)", "A cap is not negative."
    )

    @api.depends("scope")
    def _compute_model_name(self):
        for rule in self:
            rule.model_name = SCOPE_MODELS.get(rule.scope)

    def _compute_decision_count(self):
        groups = self.env["aftersales.claim.decision"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
        )
        counts = {rule.id: count for rule, count in groups}
        for rule in self:
            rule.decision_count = counts.get(rule.id, 0)

    @api.constrains("domain", "scope")
    def _check_domain(self):
        for rule in self:
            try:
                rule._get_domain().validate(self.env[SCOPE_MODELS[rule.scope]])
            except (ValueError, SyntaxError, TypeError) as error:
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s: the condition is not valid (%(error)s).",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    @api.constrains("outcome", "cut_method", "scope")
    def _check_cut(self):
        for rule in self:
            if rule.outcome == "cut" and not rule.cut_method:
                raise ValidationError(
                    self.env._("Rule %(rule)s: say how to cut.", rule=rule.name)
                )

    def write(self, vals):
        if MEANING_FIELDS & vals.keys() and "version" not in vals:
            for rule in self:
                super(AftersalesClaimRule, rule).write(
                    {**vals, "version": rule.version + 1}
                )
            return True
        return super().write(vals)

    def _get_domain(self):
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]"))

    @api.model
    def _get_active_rules(self, on_date):
        """Rules in force on a day, in the order in which they are asked."""
        return self.search(
            Domain("date_from", "=", False) | Domain("date_from", "<=", on_date)
        ).filtered(lambda rule: not rule.date_to or rule.date_to >= on_date)

    def _filter_hit(self, records):
        """The claims, or lines, that this rule hits.

        :param records: recordset of the rule's scope
        """
        self.ensure_one()
        hit = records.filtered_domain(self._get_domain())
        if self.sample_percent < 100:
            hit = hit.filtered(self._is_sampled)
        return hit

    def _is_sampled(self, record):
        """Whether the draw of this rule falls on a claim or line.

        Drawn from the repair and the database's own identifier: the same answer before
        and after filing, and none that a dealer could foresee or change by filing anew.
        """
        self.ensure_one()
        repair = record.repair_id
        # sudo: the identifier only feeds the hash
        secret = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        seed = f"{secret}/{self.id}/{repair.id}".encode()
        draw = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big") / 2**64
        return draw * 100 < self.sample_percent

    def _get_cut(self, line, payable):
        """Amount that this rule takes off a line of which ``payable`` is left."""
        self.ensure_one()
        return getattr(self, f"_get_cut_{self.cut_method}")(line, payable)

    def _get_cut_percent(self, line, payable):
        return payable * self.cut_percent / 100

    def _get_cut_cap(self, line, payable):
        return payable - self.cap_amount

    def _get_cut_flat_hours(self, line, payable):
        if line.kind != "labour":
            return 0.0
        allowed = min(line.quantity, line.flat_hours)
        return payable - line._get_amount(allowed)

    def _get_cut_refused_pieces(self, line, payable):
        pieces = line.old_part_ids
        refused = pieces.filtered(lambda piece: line._is_old_part_refused(piece))
        return payable * len(refused) / len(pieces) if pieces else 0.0

    def action_open_decisions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_claim.aftersales_claim_decision_action"
        )
        return {**action, "domain": list(Domain("rule_id", "=", self.id))}
