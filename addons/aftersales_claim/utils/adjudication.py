"""The arithmetic of adjudication, free of the ORM.

An :class:`Assessment` follows one claim through the rules in their order. A rule hits
the claim or one of its lines with an outcome:

``pass``       pay what is still payable, ask nothing more
``cut``        pay less; the next rules go on
``review``     a person decides; what is payable so far is the proposal
``send_back``  the dealer mends it and files again
``reject``     pay nothing

``cut`` is the only outcome that is not decisive. The first decisive hit on a line
closes the line, the first decisive hit on the claim closes the questions to the claim
as a whole, and ``pass`` and ``reject`` of the claim close its lines too.

>>> a = Assessment({"pump": 100.0, "labour": 50.0}, round_amount=lambda v: round(v, 2))
>>> a.hit_line("hours", "cut", "labour", cut=12.5)
>>> a.payable
{'pump': 100.0, 'labour': 37.5}
>>> a.hit_line("old part", "reject", "pump")
>>> a.hit_line("late", "cut", "pump", cut=1.0)    # closed already
>>> a.outcome, a.total
('approve', 37.5)
>>> [(f.rule, f.line, f.amount) for f in a.findings]
[('hours', 'labour', 12.5), ('old part', 'pump', 100.0)]

A claim with a question stays with its proposal; one sent back or refused pays nothing:

>>> a.hit_claim("sample", "review"); a.outcome, a.total
('review', 37.5)
>>> b = Assessment({"pump": 100.0}, round_amount=lambda v: round(v, 2))
>>> b.hit_claim("late card", "reject"); b.outcome, b.total, b.findings[0].amount
('reject', 0.0, 100.0)

No cut takes more than there is:

>>> c = Assessment({"pump": 10.0}, round_amount=lambda v: round(v, 2))
>>> c.hit_line("cap", "cut", "pump", cut=99.0); c.payable, c.outcome
({'pump': 0.0}, 'reject')
"""

from typing import Any, NamedTuple

DECISIVE = ("pass", "review", "send_back", "reject")


class Finding(NamedTuple):
    """One hit of a rule: on which line (None: the claim), and what it took off."""

    rule: Any
    line: Any
    outcome: str
    amount: float


class Assessment:
    """What the rules make of one claim.

    :param dict amounts: claimed amount per line key, in the claim's currency
    :param round_amount: function that rounds an amount to the currency
    """

    def __init__(self, amounts, round_amount):
        self.payable = dict(amounts)
        self.findings = []
        self._round = round_amount
        self._open_lines = set(amounts)
        self._is_claim_open = True

    def is_line_open(self, line):
        return line in self._open_lines

    @property
    def is_claim_open(self):
        return self._is_claim_open

    def hit_line(self, rule, outcome, line, cut=0.0):
        """A rule hits a line; ``cut`` is the amount it takes off if it is a cut."""
        if not self.is_line_open(line):
            return
        amount = self._take(line, outcome, cut)
        self.findings.append(Finding(rule, line, outcome, amount))
        if outcome in DECISIVE:
            self._open_lines.discard(line)

    def hit_claim(self, rule, outcome, cuts=None):
        """A rule hits the claim; ``cuts`` maps lines to what a cut takes off each."""
        if not self._is_claim_open:
            return
        if outcome in ("cut", "reject"):
            for line in [key for key in self.payable if self.is_line_open(key)]:
                self.hit_line(rule, outcome, line, (cuts or {}).get(line, 0.0))
        if outcome != "cut":
            self.findings.append(Finding(rule, None, outcome, 0.0))
            self._is_claim_open = False
        if outcome == "pass":
            self._open_lines.clear()

    def _take(self, line, outcome, cut):
        before = self.payable[line]
        if outcome == "reject":
            cut = before
        elif outcome != "cut":
            return 0.0
        amount = min(max(self._round(cut), 0.0), before)
        self.payable[line] = self._round(before - amount)
        return amount

    @property
    def outcome(self):
        """``reject`` / ``send_back`` / ``review`` / ``approve``, the gravest first.

        A claim of which nothing is left to pay is rejected.
        """
        on_claim = {f.outcome for f in self.findings if f.line is None}
        if "reject" in on_claim:
            return "reject"
        found = {finding.outcome for finding in self.findings}
        for outcome in ("send_back", "review"):
            if outcome in found:
                return outcome
        return "approve" if any(self.payable.values()) else "reject"

    @property
    def total(self):
        """What would be paid: 0 for a claim that is sent back or rejected."""
        if self.outcome in ("send_back", "reject"):
            return 0.0
        return self._round(sum(self.payable.values()))
