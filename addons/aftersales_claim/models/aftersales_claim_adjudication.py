from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..utils.adjudication import Assessment
from ..utils.roles import COMPANY_ONLY

OUTCOMES = [
    ("approve", "Would be approved"),
    ("review", "Would be looked at by a person"),
    ("send_back", "Would be sent back"),
    ("reject", "Would be rejected"),
]


class AftersalesClaim(models.Model):
    """How the rules decide on claims, and the same answer before filing."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.claim"

    predicted_outcome = fields.Selection(
        OUTCOMES, string="Expected Decision", compute="_compute_predicted"
    )
    predicted_amount = fields.Monetary(
        string="Expected Payment",
        compute="_compute_predicted",
        help="What would be paid before tax if the claim were filed now. Under review "
        "it is the proposal that the accountant gets.",
    )
    predicted_text = fields.Text(
        string="Reasons", compute="_compute_predicted", help="One reason a line."
    )
    is_touched = fields.Boolean(
        compute="_compute_is_touched",
        groups=COMPANY_ONLY,
        help="A person has adjusted the claim; rules no longer decide it alone.",
    )

    @api.depends("state", "line_ids.claimed", "claim_type_id")
    @api.depends_context("lang")
    def _compute_predicted(self):
        # sudo: same code as the real decision; the dealer gets reasons, not rules
        assessments = self.sudo()._evaluate()
        for claim in self:
            assessment = assessments[claim.id]
            claim.predicted_outcome = assessment.outcome
            claim.predicted_amount = assessment.total
            claim.predicted_text = claim.sudo()._get_findings_text(assessment.findings)

    @api.depends("line_ids.is_adjusted")
    def _compute_is_touched(self):
        for claim in self:
            claim.is_touched = any(claim.line_ids.mapped("is_adjusted"))

    def _get_findings_text(self, findings):
        lines = {line.id: line.name for line in self.line_ids}
        texts = []
        for finding in findings:
            if finding.outcome == "pass":
                continue
            where = lines.get(finding.line) or self.env._("Whole claim")
            reason = finding.rule.reason_id
            text = f"{where}: {reason.name}"
            if finding.amount:
                text += f" (−{self.currency_id.format(finding.amount)})"
            texts.append(text if not reason.advice else f"{text}. {reason.advice}")
        return "\n".join(texts)

    def _evaluate(self):
        """Ask every rule in force of every claim; writes nothing.

        :return: dict claim id -> :class:`~..utils.adjudication.Assessment`
        """
        today = fields.Date.context_today(self)
        rules = self.env["aftersales.claim.rule"]._get_active_rules(today)
        assessments = {claim.id: claim._start_assessment() for claim in self}
        for rule in rules:
            if rule.scope == "claim":
                self._evaluate_claim_rule(rule, assessments)
            else:
                self._evaluate_line_rule(rule, assessments)
        return assessments

    def _start_assessment(self):
        """Amounts the rules start from; what a person adjusted is his."""
        self.ensure_one()
        return Assessment(
            {
                line.id: line.claimed
                for line in self.line_ids
                if not (line.is_adjusted and self._is_decided())
            },
            self.currency_id.round,
        )

    def _evaluate_claim_rule(self, rule, assessments):
        asked = self.filtered(lambda claim: assessments[claim.id].is_claim_open)
        for claim in rule._filter_hit(asked):
            assessment = assessments[claim.id]
            cuts = {}
            if rule.outcome == "cut":
                for line in claim.line_ids.filtered(
                    lambda line, a=assessment: a.is_line_open(line.id)
                ):
                    cuts[line.id] = rule._get_cut(line, assessment.payable[line.id])
            assessment.hit_claim(rule, rule.outcome, cuts)

    def _evaluate_line_rule(self, rule, assessments):
        asked = self.line_ids.filtered(
            lambda line: assessments[line.claim_id.id].is_line_open(line.id)
        )
        for line in rule._filter_hit(asked):
            assessment = assessments[line.claim_id.id]
            payable = assessment.payable[line.id]
            cut = rule._get_cut(line, payable) if rule.outcome == "cut" else 0.0
            assessment.hit_line(rule, rule.outcome, line.id, cut)

    def _adjudicate(self):
        """Decide on filed claims by the rules and log every finding.

        A claim that a person has touched is re-assessed on its untouched lines only and
        stays with that person.
        """
        assessments = self._evaluate()
        self._write_findings(assessments)
        steps = {}
        for claim in self:
            outcome = assessments[claim.id].outcome
            if claim.is_touched and outcome != "send_back":
                outcome = "review"
            steps.setdefault(outcome, self.browse())
            steps[outcome] |= claim
        for outcome, claims in steps.items():
            claims._take_outcome(outcome)
        self._check_explained()

    def _take_outcome(self, outcome):
        if outcome == "review":
            self.filtered(lambda c: c.state == "submitted")._transition("review")
        elif outcome == "send_back":
            self.line_ids.write({"approved": 0.0, "is_adjusted": False})
            self._transition("send_back")
        else:
            self._transition(outcome, self._prepare_decided_vals())

    def _write_findings(self, assessments):
        """Replace the current decisions of untouched lines by these findings."""
        touched = self.line_ids.filtered("is_adjusted")
        old = self.decision_ids.filtered(
            lambda decision: decision.is_current and decision.line_id not in touched
        )
        old.write({"is_current": False})
        lines = {line.id: line for line in self.line_ids}
        self.env["aftersales.claim.decision"].create(
            [
                claim._prepare_finding_vals(finding, lines.get(finding.line))
                for claim in self
                for finding in assessments[claim.id].findings
            ]
        )
        for claim in self:
            claim._write_payable(assessments[claim.id], lines)

    def _write_payable(self, assessment, lines):
        self.ensure_one()
        reasons = {}
        for finding in assessment.findings:
            if finding.line is not None and finding.outcome != "pass":
                reasons.setdefault(finding.line, set()).add(finding.rule.reason_id.id)
        for key, amount in assessment.payable.items():
            found = reasons.get(key, set())
            vals = {"approved": amount}
            if found or lines[key].reason_ids:
                vals["reason_ids"] = list(found)
            lines[key].write(vals)

    def _prepare_finding_vals(self, finding, line):
        self.ensure_one()
        return {
            "claim_id": self.id,
            "line_id": line.id if line else False,
            "line_name": line.name if line else False,
            "outcome": finding.outcome,
            "amount": finding.amount,
            "rule_id": finding.rule.id,
            "rule_version": finding.rule.version,
            "reason_id": finding.rule.reason_id.id,
        }

    def _check_explained(self):
        """Every cent of claimed less approved is in the log, line by line.

        :raises ValidationError: names the line whose sum is off
        """
        self.env.flush_all()
        groups = self.env["aftersales.claim.decision"]._read_group(
            [("claim_id", "in", self.ids), ("is_current", "=", True)],
            ["line_id"],
            ["amount:sum"],
        )
        logged = {line.id: amount for line, amount in groups}
        for line in self.line_ids:
            if not line.claim_id._is_decided():
                continue
            missing = line.claimed - line.approved - logged.get(line.id, 0.0)
            if not line.currency_id.is_zero(missing):
                raise ValidationError(
                    self.env._(
                        "%(claim)s, %(line)s: %(amount)s taken off without a decision "
                        "that names the reason.",
                        claim=line.claim_id.name,
                        line=line.name,
                        amount=line.currency_id.format(missing),
                    )
                )

    def _decide_by_hand(self, outcome, reason, note):
        """Reject, send back or reopen claims, for a reason.

        :param outcome: "reject", "send_back" or "reopen"
        :param reason: ``aftersales.claim.reason`` record
        :raises UserError: a claim is in another state
        """
        self._ensure_accountant()
        self._ensure_can(outcome)
        # sudo: log and amounts are closed to hand-editing, the right was checked
        claims = self.sudo()
        if outcome == "reject":
            for line in claims.line_ids:
                line._log_adjustment(0.0, reason, note)
        logged = {"send_back": "send_back", "reject": "reject"}.get(outcome, "review")
        self.env["aftersales.claim.decision"].sudo().create(
            [
                {
                    "claim_id": claim.id,
                    "outcome": logged,
                    "reason_id": reason.id,
                    "note": note,
                    "user_id": self.env.uid,
                }
                for claim in claims
            ]
        )
        if outcome == "send_back":
            claims.line_ids.write({"approved": 0.0, "is_adjusted": False})
        vals = self._prepare_decided_vals() if outcome == "reject" else {}
        self._transition(outcome, vals)

    def action_adjudicate(self):
        """Have the rules look again at claims under review.

        :raises UserError: a claim is not under review
        """
        self._ensure_accountant()
        wrong = self.filtered(
            lambda claim: claim.state not in ("submitted", "in_review")
        )
        if wrong:
            raise UserError(wrong[0]._get_transition_refusal("approve"))
        self.check_access("write")
        # sudo: log and amounts are closed to hand-editing, the right was checked
        claims = self.sudo()
        claims._lock_for_transition()
        claims._adjudicate()

    def _on_old_parts_inspected(self, old_parts):
        """The inspection feeds the claims: their lines are looked at anew."""
        claims = self.filtered(lambda claim: claim.state in ("submitted", "in_review"))
        claims._lock_for_transition()
        touched = claims.filtered("is_touched")
        claims.line_ids.filtered(
            lambda line: line.is_adjusted and line.move_id in old_parts.move_id
        )._forget_adjustment()
        (claims - touched)._adjudicate()
        # A person had those in hand: the log is renewed, the decision stays his.
        touched._write_findings(touched._evaluate())
        touched._check_explained()
