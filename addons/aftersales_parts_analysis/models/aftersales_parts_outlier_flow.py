from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .aftersales_parts_outlier import DEALER_MANAGER, OPEN_STATES

# Who writes which text in which states; the dealer's word is his own.
COMPANY_TEXTS = {"question": ("new",), "reason": OPEN_STATES}
DEALER_TEXTS = {"answer": ("asked",)}


class AftersalesPartsOutlier(models.Model):
    """Asking the dealer, his answer, the decision."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.outlier"

    def write(self, vals):
        if not self.env.su:
            self._check_texts(vals)
        return super().write(vals)

    def _check_texts(self, vals):
        """:raises AccessError: a text is not the user's, or no longer his to change"""
        texts = COMPANY_TEXTS | DEALER_TEXTS
        own = DEALER_TEXTS if self.env.user.is_dealer else COMPANY_TEXTS
        for name in texts.keys() & vals.keys():
            if name in own and all(row.state in own[name] for row in self):
                continue
            raise AccessError(
                self.env._(
                    "%(records)s: “%(field)s” cannot be written by you at this stage.",
                    records=", ".join(self.mapped("display_name")),
                    field=self._get_field_labels([name]),
                )
            )

    def _ensure_text(self, name):
        """:raises UserError: the field is empty; names the row and the field"""
        for row in self:
            if not (row[name] or "").strip():
                raise UserError(
                    self.env._(
                        "%(row)s: fill in “%(field)s” first.",
                        row=row.display_name,
                        field=row._get_field_labels([name]),
                    )
                )

    def action_ask(self):
        """Show the row to the dealer and ask his managers.

        :raises UserError: the question is empty, or there is no dealer to ask
        """
        self._ensure_text("question")
        for row in self.filtered(lambda row: not row.dealer_id):
            raise UserError(
                self.env._(
                    "%(row)s: a company technician has no dealer who could be asked. "
                    "Talk to him and write down the reason.",
                    row=row.display_name,
                )
            )
        self._transition(
            "ask",
            {
                "asked_by": self.env.uid,
                "asked_on": fields.Datetime.now(),
                "answer": False,
                "answered_by": False,
                "answered_on": False,
            },
        )
        # sudo: people are asked whose work the asker may not plan himself
        for row in self.sudo():
            for user in row._get_dealer_managers():
                row._plan(user, "answer")

    def _get_dealer_managers(self):
        return self.dealer_id.user_ids.filtered(
            lambda user: user.has_group(DEALER_MANAGER)
        )

    def _plan(self, user, task):
        """Put the row on somebody's desk, in his language (runs under sudo)."""
        row = self.with_context(lang=user.lang)
        summaries = {
            "answer": row.env._("Explain the use of a part"),
            "decide": row.env._("Decide on the dealer's answer"),
        }
        row.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=summaries[task],
        )

    def action_answer(self):
        """Hand in the dealer's answer.

        :raises UserError: it is empty
        """
        self._ensure_text("answer")
        self._transition(
            "answer",
            {"answered_by": self.env.uid, "answered_on": fields.Datetime.now()},
        )
        # sudo: the question is answered, whoever of the dealer's people did it
        for row in self.sudo():
            row.activity_unlink(["mail.mail_activity_data_todo"])
            if row.asked_by:
                row._plan(row.asked_by, "decide")

    def action_explain(self):
        """There is a good reason for it.

        :raises UserError: the reason is empty
        """
        self._decide("explain")

    def action_confirm(self):
        """There is no good reason for it; what was found is written down.

        :raises UserError: the reason is empty
        """
        self._decide("confirm")

    def _decide(self, name):
        self._ensure_text("reason")
        self._transition(
            name, {"decided_by": self.env.uid, "decided_on": fields.Datetime.now()}
        )
        # sudo: nothing is left to do, for nobody
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_reopen(self):
        """Take a decision back."""
        self._transition("reopen", {"decided_by": False, "decided_on": False})
