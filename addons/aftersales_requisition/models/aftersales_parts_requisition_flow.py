from odoo import fields, models
from odoo.exceptions import UserError

from .aftersales_parts_requisition_limit import MANAGER


class AftersalesPartsRequisition(models.Model):
    """Asking, approving by value, sending back, cancelling."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.requisition"

    def action_submit(self):
        """Ask for the parts; within the asker's own limit they are approved at once.

        :raises UserError: nothing is asked for, or something stands against a part
        """
        for requisition in self:
            requisition._ensure_askable()
        self._transition(
            "submit",
            {
                "submitted_on": fields.Datetime.now(),
                "requested_by": self.env.uid,
                "refuse_reason": False,
            },
        )
        for requisition in self:
            # made now, so that two clerks who issue to him do not both make it
            requisition._get_bag()
        within = self.filtered(lambda requisition: requisition._is_within_limit())
        # sudo: approved by the rule of the limits, not by a right to approve
        within.sudo()._transition("approve", self._prepare_approved_vals())
        for requisition in self - within:
            requisition._notify_approver()

    def _ensure_askable(self):
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "%(requisition)s asks for nothing. Add the parts you need.",
                    requisition=self.name,
                )
            )
        self._ensure_work_open()
        self.line_ids._ensure_issuable()

    def _ensure_work_open(self):
        """:raises UserError: the job or the repair record is finished"""
        self.ensure_one()
        # sudo: the state of the work, not its contents
        work = self.sudo()
        closed = (
            not work.repair_id._is_open()
            if work.repair_id
            else work.dispatch_id.state in ("done", "cancelled")
        )
        if closed:
            raise UserError(
                self.env._(
                    "%(work)s is finished or cancelled: no parts are issued for it any "
                    "more. Ask for them on the open work.",
                    work=(work.repair_id or work.dispatch_id).display_name,
                )
            )

    def _ensure_draft(self):
        """:raises UserError: what was asked for cannot be changed any more"""
        asked = self.filtered(lambda requisition: requisition.state != "draft")
        if asked:
            raise UserError(
                self.env._(
                    "%(requisition)s was asked for already; its parts stand. Ask for "
                    "more with a new requisition, or have it sent back.",
                    requisition=asked[0].name,
                )
            )

    def _prepare_approved_vals(self):
        return {"approved_by": self.env.uid, "approved_on": fields.Datetime.now()}

    def _get_limit(self, role):
        """What ``role`` may approve of this requisition, in its currency."""
        self.ensure_one()
        # sudo: the grade of a dealer and the rate are not the question of a right
        requisition = self.sudo()
        limits = self.env["aftersales.parts.requisition.limit"]
        row = limits._get_row(role, requisition.dealer_id.grade_id)
        return (
            row.currency_id._convert(
                row.amount,
                requisition.currency_id,
                requisition.company_id,
                fields.Date.context_today(self),
            )
            if row
            else 0.0
        )

    def _is_within_limit(self):
        """Whether the current user may approve this value."""
        self.ensure_one()
        role = self.env["aftersales.parts.requisition.limit"]._get_role()
        if role is None:
            return True
        limit = self._get_limit(role)
        return self.currency_id.compare_amounts(self.value, limit) <= 0

    def _notify_approver(self):
        """Put it on the desk of the dealer's managers, if they may approve it."""
        self.ensure_one()
        if self.currency_id.compare_amounts(self.value, self._get_limit(MANAGER)) > 0:
            return
        # sudo: the asker may not plan other people's work; approval is asked for him
        users = self.sudo().dealer_id.user_ids.filtered(
            lambda user: user.has_group("aftersales_dealer.group_dealer_manager")
        )
        for user in users - self.env.user:
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=self.with_context(lang=user.lang).env._(
                    "Approve the parts asked for"
                ),
            )

    def action_approve(self):
        """Approve, within the limit of the user's role.

        :raises UserError: the value is above it; says whom to ask
        """
        self._ensure_can("approve")
        for requisition in self:
            if not requisition._is_within_limit():
                raise UserError(requisition._get_limit_refusal())
        self._transition("approve", self._prepare_approved_vals())
        # sudo: the task is done, whoever of the managers did it
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _get_limit_refusal(self):
        self.ensure_one()
        role = self.env["aftersales.parts.requisition.limit"]._get_role()
        return self.env._(
            "%(requisition)s asks for parts worth %(value)s; you may approve up to "
            "%(limit)s. Ask the company to approve it.",
            requisition=self.name,
            value=self.currency_id.format(self.value),
            limit=self.currency_id.format(self._get_limit(role)),
        )

    def action_refuse(self):
        """Open the dialog that asks why."""
        self._ensure_can("refuse")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_requisition.aftersales_parts_requisition_refuse_action"
            ),
            "context": {"default_requisition_ids": self.ids},
        }

    def _refuse(self, reason):
        """Send back to whoever asked, with the reason."""
        self._transition("refuse", {"refuse_reason": reason})
        # sudo: see action_approve
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_cancel(self):
        """Give up a requisition of which nothing was issued."""
        self._transition("cancel")
        # sudo: see action_approve
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_write_off(self):
        """Close the account of the issued parts (核销).

        :raises UserError: a piece is neither used nor returned, or an old part was not
            handed in; names it
        """
        for requisition in self:
            requisition._ensure_accounted()
        self._transition(
            "write_off",
            {
                "written_off_by": self.env.uid,
                "written_off_on": fields.Datetime.now(),
            },
        )
        # sudo: the reminder has done its work, whoever wrote the parts off
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _ensure_accounted(self):
        """:raises UserError: see :meth:`action_write_off`"""
        self.ensure_one()
        blockers = self._get_write_off_blockers()
        if blockers and self.state == "issued":
            raise UserError(
                self.env._(
                    "%(requisition)s cannot be written off: %(why)s",
                    requisition=self.name,
                    why=" ".join(blockers),
                )
            )

    def _get_write_off_blockers(self):
        """Sentences that say what is still open; extension point.

        :return: list of str, empty when everything is accounted for
        """
        self.ensure_one()
        blockers = []
        if self.open_quantity > 0:
            blockers.append(
                self.env._(
                    "%(parts)s issued and neither used in a finished repair nor "
                    "returned. Finish the repair or return them.",
                    parts=self._get_open_text(),
                )
            )
        tags = self._get_open_old_parts()
        if tags:
            blockers.append(
                self.env._(
                    "The old parts %(tags)s were not handed in. Scan their labels.",
                    tags=", ".join(tags.mapped("name")),
                )
            )
        return blockers
