from odoo import models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

STEPS = ("respond", "decide", "check", "answer")


class AftersalesComplaint(models.Model):
    """What each step asks for. ``_get_missing_<step>`` gives pairs of (is missing,
    sentence); an addon that asks for more extends them.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.complaint"

    def _get_missing_respond(self):
        self.ensure_one()
        return [
            (not self._has_text("apology"), self.env._("the apology")),
            (not self._has_text("response"), self.env._("the first response")),
        ]

    def _get_missing_decide(self):
        self.ensure_one()
        return [
            (not self.cause_id, self.env._("the cause")),
            (not self.responsible, self.env._("who is responsible")),
            (not self._has_text("measure"), self.env._("the measure")),
            (not self.measure_owner_id, self.env._("the owner of the measure")),
            (not self.measure_due, self.env._("the day by which it is due")),
        ]

    def _get_missing_check(self):
        self.ensure_one()
        return [
            (not self.measure_done_on, self.env._("that the measure is done")),
            (not self.check_result, self.env._("the result of the check")),
            (not self._has_text("check_note"), self.env._("how it was checked")),
        ]

    def _get_missing_answer(self):
        self.ensure_one()
        return [
            (is_html_empty(self.answer), self.env._("the answer to the customer")),
        ]

    def _get_missing_close(self):
        """Everything, whatever has been emptied since."""
        self.ensure_one()
        facts = [
            (not self.responded_at, self.env._("the first response")),
            (not self.checked_on, self.env._("the check of the measure")),
            (not self.answered_at, self.env._("the answer sent to the customer")),
        ]
        steps = [pair for s in STEPS for pair in getattr(self, f"_get_missing_{s}")()]
        return steps + facts

    def _has_text(self, name):
        return bool((self[name] or "").strip())

    def _get_missing_names(self, step):
        """What the step ``step`` still asks for, each once, in order."""
        self.ensure_one()
        pairs = getattr(self, f"_get_missing_{step}")()
        return list(dict.fromkeys(what for is_missing, what in pairs if is_missing))

    def _ensure_complete(self, step):
        """:raises UserError: names all that the step ``step`` still asks for"""
        for complaint in self:
            missing = complaint._get_missing_names(step)
            if missing:
                raise UserError(
                    self.env._(
                        "%(complaint)s: still missing is %(missing)s.",
                        complaint=complaint.name,
                        missing=", ".join(missing),
                    )
                )

    def _get_transition_refusal(self, name):
        """A complaint that is not ripe for closing says what it lacks."""
        missing = self._get_missing_names("close") if name == "close" else []
        if not missing or self.state == "closed":
            return super()._get_transition_refusal(name)
        return self.env._(
            "%(complaint)s cannot be closed yet. Still missing is %(missing)s.",
            complaint=self.name,
            missing=", ".join(missing),
        )
