from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"


class AftersalesOldPart(models.Model):
    """A disputed decision: the dealer answers within a time, then it is taken again."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.old.part"

    def _prepare_dispute_vals(self, decision):
        """A dispute gives the dealer time; any other decision ends it."""
        if decision.get("disposition") != "disputed":
            return {"answer_due": False}
        days = self.env.company.aftersales_answer_days
        return {
            "answer_due": fields.Date.context_today(self) + timedelta(days=days),
            "answer": False,
            "answered_by": False,
            "answered_on": False,
        }

    def _ensure_answered(self):
        """:raises UserError: a dispute waits for the dealer and has time left"""
        waiting = self.filtered(lambda tag: tag.dispute_state == "waiting")
        if waiting:
            raise UserError(
                self.env._(
                    "%(tag)s is disputed; %(dealer)s may answer until %(day)s. Decide "
                    "when he has answered or the day is over.",
                    tag=waiting[0].name,
                    dealer=waiting[0].dealer_id.display_name,
                    day=waiting[0].answer_due,
                )
            )

    def _ask_dealers(self):
        """Put the disputed pieces on the desk of the dealers' managers."""
        # sudo: the inspector asks people whose work he may not plan himself
        for tag in self.sudo().filtered(lambda tag: tag.disposition == "disputed"):
            for user in tag._get_dealer_managers():
                tag.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=tag.answer_due,
                    user_id=user.id,
                    summary=tag.with_context(lang=user.lang).env._(
                        "Answer the disputed inspection"
                    ),
                )

    def _get_dealer_managers(self):
        return self.dealer_id.user_ids.filtered(
            lambda user: user.has_group(DEALER_MANAGER)
        )

    def action_answer(self):
        """Open the dialog for the dealer's answer."""
        self._ensure_disputed()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_old_part_answer_action"
            ),
            "context": {"default_old_part_ids": self.ids},
        }

    def _ensure_disputed(self):
        """:raises UserError: a piece is not disputed, or was answered already"""
        self._ensure_can("answer")
        for tag in self:
            if tag.dispute_state not in ("waiting", "late"):
                raise UserError(
                    self.env._(
                        "%(tag)s is not disputed or was answered already.",
                        tag=tag.name,
                    )
                )

    def _answer(self, answer):
        """Record the dealer's answer; the inspector decides again."""
        self._ensure_disputed()
        self._transition(
            "answer",
            {
                "answer": answer,
                "answered_by": self.env.uid,
                "answered_on": fields.Datetime.now(),
            },
        )
        # sudo: the question is answered, whoever of the dealer's people did it
        tags = self.sudo()
        tags.activity_unlink(["mail.mail_activity_data_todo"])
        for tag in tags.filtered("inspected_by"):
            tag.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=tag.inspected_by.id,
                summary=tag.with_context(lang=tag.inspected_by.lang).env._(
                    "Decide on the dealer's answer"
                ),
            )
